import type { FileRef, SendOutcome } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { within } from '../within.ts'
import type { ChannelBench, ChannelCase } from './harness.ts'
import { type Fate, unreachable, withProvider } from './provider.ts'
import { plain } from './render.ts'

const area = 'send'

/** Longer than any answer from this machine takes, in milliseconds; nothing waits for it unless a case fails. */
const patienceMs = 10_000

/** An exception says as little as `Ambiguous` does, and counts as that. */
type Sent = SendOutcome | { readonly _tag: 'Threw'; readonly error: unknown }

const noFile = async (file: FileRef): Promise<Uint8Array> => {
  throw new Error(`there is no file ${file.name}`)
}

const wiresOf = async ({ channel, account, address }: ChannelBench): Promise<ReadonlyArray<unknown>> => {
  const rendered = await channel.render(plain(account.workspace, address), account)
  assert(rendered._tag === 'Rendered', 'a plain text is supported')
  return rendered.wires
}

const sendBy = async (
  { channel, account }: ChannelBench,
  wire: unknown,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Sent> => {
  const context = { idempotencyKey: 'acme/c1/2/0', signal, fetch, blob: noFile }
  try {
    return await within(patienceMs, 'send came to no end', () => channel.send(wire, account, context))
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('send came to no end')) throw error
    return { _tag: 'Threw', error }
  }
}

/** What sending the first wire of a plain text comes to when all its requests meet one fate. */
const meeting = async (bench: ChannelBench, fate: Fate): Promise<Sent> => {
  const [wire] = await wiresOf(bench)
  return withProvider(
    () => fate,
    ({ fetch }) => sendBy(bench, wire, fetch, new AbortController().signal),
  )
}

const isOneOf = (sent: Sent, tags: ReadonlyArray<Sent['_tag']>, when: string): void =>
  assert(tags.includes(sent._tag), `${when}: expected ${tags.join(' or ')}, got ${JSON.stringify(sent)}`)

/** Nobody can know whether it was handed over: only who may send it twice may try again. */
const inDoubt = ({ channel }: ChannelBench): ReadonlyArray<Sent['_tag']> =>
  channel.capabilities.idempotentSend ? ['Ambiguous', 'Threw', 'Retry'] : ['Ambiguous', 'Threw']

export const sendCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'is accepted, with the id that the provider gives, when the provider takes it',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      const { accepts, externalId } = bench.given('provider')
      for (const wire of await wiresOf(bench)) {
        const sent = await withProvider(accepts, ({ fetch }) =>
          sendBy(bench, wire, fetch, new AbortController().signal),
        )
        isOneOf(sent, ['Accepted'], 'when it is taken')
        if (externalId === undefined || sent._tag !== 'Accepted') continue
        same(sent.externalId, externalId, 'the id of what was taken')
      }
    },
  },
  {
    area,
    name: 'is rejected for good, with a code and a reason, when the provider refuses the message',
    guarantee: 'G18',
    needs: ['provider'],
    body: async (bench) => {
      const { refuses = { status: 400, headers: { 'content-type': 'application/json' }, body: '{}' } } =
        bench.given('provider')
      const sent = await meeting(bench, refuses)
      assert(sent._tag === 'Rejected', `when it is refused: expected Rejected, got ${JSON.stringify(sent)}`)
      assert(sent.code !== '' && sent.reason !== '', 'a rejection has a code and a reason')
    },
  },
  {
    area,
    name: 'is never accepted, and never in doubt, when the provider does not know our credentials',
    guarantee: 'G18',
    needs: ['provider'],
    body: async (bench) => {
      for (const status of [401, 403]) {
        isOneOf(await meeting(bench, { status, body: '{}' }), ['Rejected', 'Retry'], `answered ${status}`)
      }
    },
  },
  {
    area,
    name: 'comes again when the provider has too much to do, and not before it says so',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      isOneOf(await meeting(bench, { status: 429, body: '{}' }), ['Retry'], 'answered 429')
      const sent = await meeting(bench, { status: 429, headers: { 'retry-after': '7' }, body: '{}' })
      assert(sent._tag === 'Retry', `answered 429: expected Retry, got ${JSON.stringify(sent)}`)
      assert((sent.afterMs ?? 0) >= 7_000, `asked to wait for 7 s, it comes again after ${sent.afterMs} ms`)
    },
  },
  {
    area,
    name: 'is neither accepted nor rejected when the provider fails',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      for (const status of [500, 502, 503, 504]) {
        const sent = await meeting(bench, { status, body: '<html>oops</html>' })
        isOneOf(sent, ['Retry', 'Ambiguous', 'Threw'], `answered ${status}`)
      }
    },
  },
  {
    area,
    name: 'is in doubt when the connection ends before there is an answer',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => isOneOf(await meeting(bench, 'resets'), inDoubt(bench), 'when the connection was reset'),
  },
  {
    area,
    name: 'stops when it is told to, and is in doubt then',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      const [wire] = await wiresOf(bench)
      const deadline = new AbortController()
      const sent = await withProvider(
        () => 'hangs',
        async ({ fetch, reached }) => {
          const sending = sendBy(bench, wire, fetch, deadline.signal)
          await Promise.race([reached, sending])
          deadline.abort(new Error('no answer in time'))
          return sending
        },
      )
      isOneOf(sent, inDoubt(bench), 'when there was no answer in time')
    },
  },
  {
    area,
    name: 'hands nothing over when it was stopped before it began',
    needs: ['provider'],
    body: async (bench) => {
      const { accepts } = bench.given('provider')
      const [wire] = await wiresOf(bench)
      await withProvider(accepts, async ({ fetch, asked }) => {
        isOneOf(
          await sendBy(bench, wire, fetch, AbortSignal.abort(new Error('stopped'))),
          ['Retry', 'Ambiguous', 'Threw'],
          'when it was stopped before it began',
        )
        same(asked(), 0, 'requests that the provider got')
      })
    },
  },
  {
    area,
    name: 'is neither accepted nor rejected when nobody is there',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      const [wire] = await wiresOf(bench)
      const sent = await sendBy(bench, wire, await unreachable(), new AbortController().signal)
      isOneOf(sent, ['Retry', 'Ambiguous', 'Threw'], 'when nobody listens')
    },
  },
  {
    area,
    name: 'is in doubt when the provider says yes and then nothing that makes sense',
    guarantee: 'G17',
    needs: ['provider'],
    body: async (bench) => {
      // Who gives no id has nothing to say beside its yes.
      if (bench.given('provider').externalId === undefined) return
      for (const body of ['', '<html>', '{}', '[]', 'null', '{"', '42']) {
        isOneOf(await meeting(bench, { status: 200, body }), inDoubt(bench), `answered 200 and ${JSON.stringify(body)}`)
      }
    },
  },
]
