import type {
  ConversationSummary,
  Conversations,
  Engine,
  Entry,
  FeedItem,
  ListOptions,
  MessageView,
  Outcome,
  Queue,
  Refusal,
  Workspace,
} from '@guichet/engine'
import type { Receipt } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import { type LoopbackEvent, signatureHeader, signatureOf } from '../channel/loopback-protocol.ts'

/** Every account has the same one: what keeps them apart has to be the engine, not a signature. */
export const secret = 'known to the provider and to us'

const queues: ReadonlyArray<Queue> = [
  { id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true },
  { id: 'vault', name: 'Vault', mode: 'exclusive', claimOnReply: true },
  { id: 'calm', name: 'Calm', mode: 'shared', claimOnReply: false },
]

/** Ana, Ben and Cleo serve desk and vault; Dan only serves calm; Mia manages. */
const staff = [
  ...['ana', 'ben', 'cleo'].map((id) => ({ id, role: 'agent' as const, queues: ['desk', 'vault'] })),
  { id: 'dan', role: 'agent' as const, queues: ['calm'] },
  { id: 'mia', role: 'manager' as const, queues: [] },
]

/** Account, channel, queue. `exact` and `exactMail` may repeat a send without a double. */
const accounts = [
  ['chat', 'chat', 'desk'],
  ['chat2', 'chat', 'desk'],
  ['vault', 'chat', 'vault'],
  ['calm', 'chat', 'calm'],
  ['exact', 'exact', 'desk'],
  ['phone', 'phone', 'desk'],
  ['mail', 'mail', 'desk'],
  ['mail2', 'mail', 'desk'],
  ['exactMail', 'exactMail', 'desk'],
] as const

/** Sets a workspace up; all workspaces alike, so that nothing but their name tells them apart. */
export const furnish = async (engine: Engine, id: string): Promise<void> => {
  const workspace = engine.workspace(id)
  for (const queue of queues) granted(await workspace.queues.put(queue))
  for (const agent of staff) granted(await workspace.agents.put({ ...agent, name: agent.id.toUpperCase() }))
  for (const [account, channel, queue] of accounts) {
    granted(await workspace.accounts.put({ id: account, channel, queue, settings: { secret } }))
  }
}

/** A furnished workspace, seen through one engine. */
export interface Office {
  readonly id: string
  readonly workspace: Workspace
  readonly as: (agent: string) => Conversations
  /** Posts a signed body, as the provider does, and hands back what the engine answered. */
  readonly post: (account: string, body: string | Uint8Array, signature?: string) => Promise<Response>
  /** Delivers events and insists on 200. */
  readonly deliver: (account: string, ...events: ReadonlyArray<LoopbackEvent>) => Promise<ReadonlyArray<Receipt>>
  /** Delivers one message and insists that it is stored; its conversation. */
  readonly arrives: (account: string, message: LoopbackEvent) => Promise<string>
}

export const officeOf = (engine: Engine, id: string): Office => {
  const post: Office['post'] = (account, body, signature = signatureOf(secret, body)) =>
    engine.receive(
      `${id}/${account}`,
      new Request(`http://localhost/hooks/${account}`, {
        method: 'POST',
        // Nothing here is shared between threads, which is all that the type leaves open.
        body: body as string | Uint8Array<ArrayBuffer>,
        headers: { [signatureHeader]: signature },
      }),
    )
  const deliver: Office['deliver'] = async (account, ...events) => receiptsOf(await post(account, bodyOf(events)))
  const workspace = engine.workspace(id)
  return {
    id,
    workspace,
    post,
    deliver,
    as: (agent) => workspace.as(agent).conversations,
    arrives: async (account, message) => {
      const [receipt] = await deliver(account, message)
      assert(receipt?._tag === 'Stored', `the message was not stored: ${JSON.stringify(receipt)}`)
      return receipt.conversation
    },
  }
}

export const bodyOf = (events: ReadonlyArray<unknown>): string => JSON.stringify({ events })

/** What became of the events of a delivery that was answered 200. */
export const receiptsOf = async (response: Response): Promise<ReadonlyArray<Receipt>> => {
  const said = (await response.json()) as { readonly receipts: ReadonlyArray<Receipt> }
  assert(response.status === 200, `answered ${response.status} ${JSON.stringify(said)}`)
  return said.receipts
}

/** A message as the provider sends it; only what matters has to be named. */
export const message = (
  from: string,
  text: string,
  more: Partial<Omit<Extract<LoopbackEvent, { readonly type: 'message' }>, 'type' | 'from' | 'text'>> = {},
): LoopbackEvent => ({ type: 'message', from: { address: from }, text, id: `${from}: ${text}`, ...more })

/** The value of what was granted. */
export const granted = <A>(outcome: Outcome<A>): A => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`)
  return outcome.value
}

/** Why something was refused. */
export const refused = (outcome: Outcome<unknown>): Refusal => {
  assert(!outcome.ok, 'expected a refusal, but it was granted')
  return outcome.refusal
}

/** All pages of a list. */
export const listed = async (
  conversations: Conversations,
  options: ListOptions = {},
): Promise<ReadonlyArray<ConversationSummary>> => {
  const items: Array<ConversationSummary> = []
  let after: string | null = null
  do {
    const page = await conversations.list({ limit: 200, ...options, ...(after === null ? {} : { after }) })
    items.push(...page.items)
    after = page.next
  } while (after !== null)
  return items
}

/** The whole journal of a conversation, and its messages by rising seq. */
export const history = async (
  conversations: Conversations,
  id: string,
): Promise<{ readonly entries: ReadonlyArray<Entry>; readonly messages: ReadonlyArray<MessageView> }> => {
  const entries: Array<Entry> = []
  const messages: Array<MessageView> = []
  for (;;) {
    const page = granted(await conversations.timeline(id, { after: entries.at(-1)?.seq ?? 0, limit: 200 }))
    if (page.entries.length === 0) break
    entries.push(...page.entries)
    messages.push(...page.messages)
  }
  same(
    entries.map(({ seq }) => seq),
    entries.map((_, index) => index + 1),
    'the numbers of the journal',
  )
  return { entries, messages: messages.sort((a, b) => a.seq - b.seq) }
}

/** Reads a feed up to and with the first item for which this holds. */
export const readUntil = async (
  feed: AsyncIterable<FeedItem>,
  isLast: (item: FeedItem) => boolean,
): Promise<ReadonlyArray<FeedItem>> => {
  const items: Array<FeedItem> = []
  for await (const item of feed) {
    items.push(item)
    if (isLast(item)) break
  }
  return items
}

/** Everything there is in the feed now: reads to a message that is delivered for the purpose, and leaves it out. */
export const feedNow = async (
  office: Office,
  feed: (options: { readonly since: number }) => AsyncIterable<FeedItem>,
  since = 0,
): Promise<ReadonlyArray<FeedItem>> => {
  const [receipt] = await office.deliver('chat', message('the marker', 'so far', { id: crypto.randomUUID() }))
  assert(receipt?._tag === 'Stored', `the marker was not stored: ${JSON.stringify(receipt)}`)
  const { conversation, seq } = receipt
  const isMarker = (item: FeedItem): boolean =>
    item._tag === 'Entry' && item.conversation === conversation && item.entry.seq === seq
  return (await readUntil(feed({ since }), isMarker)).filter(
    (item) => !('conversation' in item && item.conversation === conversation),
  )
}

/** What a feed item is about: a conversation, a contact, or the workspace itself. */
export const aboutOf = (item: FeedItem): string | null => {
  switch (item._tag) {
    case 'Contact':
      return item.contact
    case 'Workspace':
      return null
    default:
      return item.conversation
  }
}
