import type { ProfileOutcome } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { within } from '../within.ts'
import type { ChannelBench, ChannelCase, ProviderRequest } from './harness.ts'
import { type Fate, withProvider } from './provider.ts'

const area = 'profile'

/** Longer than any answer from this machine takes, in milliseconds; nothing waits for it unless a case fails. */
const patienceMs = 10_000

/** An exception is tried again, as `Retry` is. */
const asked = async (
  bench: ChannelBench,
  fateOf: (request: ProviderRequest) => Fate,
  abort?: AbortController,
): Promise<ProfileOutcome> => {
  const { channel, account, address } = bench
  const signal = (abort ?? new AbortController()).signal
  return withProvider(fateOf, async ({ fetch, reached }) => {
    void reached.then(() => abort?.abort(new Error('stopped')))
    try {
      const asking = () => channel.profile?.(address, account, { signal, fetch })
      const outcome = await within(patienceMs, 'profile came to no end', asking)
      assert(outcome !== undefined, 'a channel whose provider says who somebody is asks it')
      return outcome
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (reason.startsWith('profile came to no end') || channel.profile === undefined) throw error
      return { _tag: 'Retry', reason }
    }
  })
}

const comesTo = (outcome: ProfileOutcome, tag: ProfileOutcome['_tag'], when: string): void =>
  assert(outcome._tag === tag, `${when}: expected ${tag}, got ${JSON.stringify(outcome)}`)

export const profileCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'says what the provider knows of somebody',
    needs: ['profile'],
    body: async (bench) => {
      const { knows, serves } = bench.given('profile')
      same(await asked(bench, serves), { _tag: 'Found', ...knows }, 'the profile')
    },
  },
  {
    area,
    name: 'takes it for an answer when the provider does not say who somebody is',
    needs: ['profile'],
    body: async (bench) => {
      const { unknown = { status: 404, headers: { 'content-type': 'application/json' }, body: '{}' } } =
        bench.given('profile')
      comesTo(await asked(bench, () => unknown), 'Unknown', `answered ${unknown.status}`)
    },
  },
  {
    area,
    name: 'asks again when the provider fails, has too much to do, hangs up or says nothing that makes sense',
    guarantee: 'G48',
    needs: ['profile'],
    body: async (bench) => {
      for (const status of [500, 503, 429]) {
        comesTo(await asked(bench, () => ({ status, body: '{}' })), 'Retry', `answered ${status}`)
      }
      comesTo(await asked(bench, () => 'resets'), 'Retry', 'when the connection was reset')
      comesTo(await asked(bench, () => ({ status: 200, body: '<html>' })), 'Retry', 'answered 200 and nonsense')
    },
  },
  {
    area,
    name: 'stops when it is told to',
    needs: ['profile'],
    body: async (bench) => comesTo(await asked(bench, () => 'hangs', new AbortController()), 'Retry', 'when stopped'),
  },
]
