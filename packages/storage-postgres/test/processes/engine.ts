import { createEngine, type Outcome } from '@guichet/engine'
import { postgres } from '../../src/index.ts'
import { channelTo } from '../faults/channel.ts'
import { type Asked, type FromEngine, manager, timeoutMs, type ToEngine, workspace } from './protocol.ts'

// An engine in a process of its own, which does what it is asked.

const [url = ''] = process.argv.slice(2)
const engine = await createEngine({
  storage: postgres({ url, timeoutMs }),
  channels: { plain: channelTo(async () => undefined, false) },
})
const acme = engine.workspace(workspace)

const receive = async (account: string, text: string): Promise<unknown> => {
  const body = JSON.stringify({ id: text, from: text, text })
  const response = await engine.receive(
    `${workspace}/${account}`,
    new Request('http://inbox.test/', { method: 'POST', body }),
  )
  if (response.status !== 200) throw new Error(`answered ${response.status} ${await response.text()}`)
  const { receipts } = (await response.json()) as {
    readonly receipts: ReadonlyArray<{ readonly conversation: string }>
  }
  return receipts[0]?.conversation
}

const all = (done: ReadonlyArray<Promise<Outcome<unknown>>>): Promise<ReadonlyArray<boolean>> =>
  Promise.all(done.map(async (one) => (await one).ok))

const perform = async (asked: Asked): Promise<ReadonlyArray<unknown>> => {
  switch (asked._tag) {
    case 'Receive':
      return Promise.all(asked.texts.map((text) => receive(asked.account, text)))
    case 'Note': {
      const { conversations, texts } = asked
      const { note } = acme.as(manager).conversations
      return all(texts.map((text, n) => note(conversations[n % conversations.length] ?? '', { text })))
    }
    case 'Claim':
      return all(asked.conversations.map((id) => acme.as(asked.agent).conversations.claim(id)))
    case 'Close':
      return all(asked.conversations.map((id) => acme.as(asked.agent).conversations.close(id)))
    case 'Settle':
      await engine.settle()
      return []
  }
}

const say = (what: FromEngine): void => void process.send?.(what, () => undefined)

process.on('message', ({ n, asked }: ToEngine) => {
  perform(asked).then(
    (done) => say({ _tag: 'Answer', n, done }),
    (error: unknown) => say({ _tag: 'Failed', n, why: String(error) }),
  )
})
// Nobody is to outlive who started it.
process.once('disconnect', () => void engine.close().finally(() => process.exit()))
say({ _tag: 'Ready' })
