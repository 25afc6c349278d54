import type { FetchOutcome } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { within } from '../within.ts'
import type { ChannelBench, ChannelCase, ProviderRequest } from './harness.ts'
import { type Fate, withProvider } from './provider.ts'

const area = 'fetchFile'

/** Longer than any answer from this machine takes, in milliseconds; nothing waits for it unless a case fails. */
const patienceMs = 10_000

/** An exception is tried again, as `Retry` is. */
const fetched = async (
  bench: ChannelBench,
  fateOf: (request: ProviderRequest) => Fate,
  { maxBytes = 100_000_000, abort }: { readonly maxBytes?: number; readonly abort?: AbortController } = {},
): Promise<FetchOutcome> => {
  const { channel, account } = bench
  const { file } = bench.given('file')
  const signal = (abort ?? new AbortController()).signal
  return withProvider(fateOf, async ({ fetch, reached }) => {
    void reached.then(() => abort?.abort(new Error('stopped')))
    try {
      const asking = () => channel.fetchFile?.(file, account, { signal, fetch, maxBytes })
      const outcome = await within(patienceMs, 'fetchFile came to no end', asking)
      assert(outcome !== undefined, 'a channel with files that its provider holds fetches them')
      return outcome
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (reason.startsWith('fetchFile came to no end') || channel.fetchFile === undefined) throw error
      return { _tag: 'Retry', reason }
    }
  })
}

const comesTo = (outcome: FetchOutcome, tag: FetchOutcome['_tag'], when: string): void =>
  assert(outcome._tag === tag, `${when}: expected ${tag}, got ${JSON.stringify(outcome).slice(0, 200)}`)

export const fetchCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'brings the bytes that the provider holds',
    guarantee: 'G09',
    needs: ['file'],
    body: async (bench) => {
      const { bytes, serves } = bench.given('file')
      const outcome = await fetched(bench, (request) => serves(request, bytes))
      assert(outcome._tag === 'Fetched', `expected the file, got ${JSON.stringify(outcome)}`)
      same(outcome.bytes, bytes, 'the bytes')
    },
  },
  {
    area,
    name: 'says that a file is gone when the provider has it no more',
    guarantee: 'G09',
    needs: ['file'],
    body: async (bench) => comesTo(await fetched(bench, () => ({ status: 404, body: '{}' })), 'Gone', 'answered 404'),
  },
  {
    area,
    name: 'asks again when the provider fails, has too much to do, or hangs up',
    guarantee: 'G09',
    needs: ['file'],
    body: async (bench) => {
      for (const status of [500, 502, 503, 429]) {
        comesTo(await fetched(bench, () => ({ status, body: '{}' })), 'Retry', `answered ${status}`)
      }
      comesTo(await fetched(bench, () => 'resets'), 'Retry', 'when the connection was reset')
    },
  },
  {
    area,
    name: 'takes no file that is larger than it may be',
    needs: ['file'],
    body: async (bench) => {
      const { bytes, serves } = bench.given('file')
      const outcome = await fetched(bench, (request) => serves(request, bytes), { maxBytes: bytes.byteLength - 1 })
      comesTo(outcome, 'Gone', 'one byte too many')
    },
  },
  {
    area,
    name: 'takes no other bytes for those that were announced',
    guarantee: 'G09',
    needs: ['file'],
    body: async (bench) => {
      const { file, bytes, serves } = bench.given('file')
      if (file.sha256 === undefined) return
      const other = bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte))
      comesTo(await fetched(bench, (request) => serves(request, other)), 'Retry', 'with other bytes')
    },
  },
  {
    area,
    name: 'stops when it is told to',
    needs: ['file'],
    body: async (bench) => {
      comesTo(await fetched(bench, () => 'hangs', { abort: new AbortController() }), 'Retry', 'when it was stopped')
    },
  },
]
