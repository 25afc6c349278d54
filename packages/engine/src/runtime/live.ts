import { decodeConversation } from '../codec/conversation.ts'
import type { Status } from '../domain/conversation/state.ts'
import { filesOf } from '../domain/message/part.ts'
import type { PublicMessage, PublicThread, Sink } from '../ports/channel.ts'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { ingest, ingestRequest } from './ingest.ts'
import { type CurrentMessage, readTimeline } from './read/messages.ts'
import { noNeeds } from './view.ts'

const orFail = async <A>(asking: A | Promise<A>): Promise<A> => {
  try {
    return await asking
  } catch (error) {
    throw storageFailed(error)
  }
}

const publicMessage = (
  current: CurrentMessage,
  names: ReadonlyMap<string, { readonly name: string }>,
): PublicMessage => {
  const { message } = current
  return {
    seq: current.seq,
    direction: message.direction === 'in' ? 'in' : 'out',
    authorName: message.author.kind === 'agent' ? (names.get(message.author.id)?.name ?? null) : null,
    parts: current.parts,
    sentAt: message.sentAt,
    edited: current.edited,
    deleted: current.deleted,
    externalId: message.externalId ?? null,
    quote: message.quote ?? null,
    delivery: current.delivery,
  }
}

/** The active conversation at an address of this account. */
const activeAt = async (core: Core, to: Connected, address: string) => {
  const ref = { workspace: to.workspace, account: to.account.id, address }
  const loaded = await orFail(core.storage.load({ ...noNeeds, identities: [ref] }))
  const id = loaded.identities[0]?.conversation
  const row = loaded.conversations.find((one) => one.id === id)
  return row === undefined || row.deleted ? undefined : decodeConversation(row)
}

/** What the contact is told has ended. Spam is not: whoever sends it learns nothing. */
const ended: ReadonlySet<Status> = new Set(['closed', 'archived'])

const thread = async (
  core: Core,
  to: Connected,
  address: string,
  page: { readonly after: number; readonly limit: number },
): Promise<PublicThread | undefined> => {
  const state = await activeAt(core, to, address)
  if (state === undefined) return undefined
  const limit = Math.min(page.limit, 200)
  const [timeline, setup] = await Promise.all([
    orFail(
      core.storage.timeline({
        workspace: to.workspace,
        conversation: state.id,
        kinds: ['in', 'out'],
        after: page.after,
        limit: limit + 1,
      }),
    ),
    core.directory.of(to.workspace),
  ])
  const entries = timeline.entries.slice(0, limit)
  const { messages } = readTimeline({ ...timeline, entries })
  const bySeq = [...messages].sort((a, b) => a.seq - b.seq)
  return {
    conversation: state.id,
    status: ended.has(state.status) ? 'closed' : 'open',
    seq: state.seq,
    messages: bySeq.map((message) => publicMessage(message, setup.agents)),
    more: timeline.entries.length > limit,
  }
}

/** A file is the contact's when it stands in the contact's own thread; notes are not looked at. */
const file: (core: Core, to: Connected, address: string, blob: string) => ReturnType<Sink['file']> = async (
  core,
  to,
  address,
  blob,
) => {
  const state = await activeAt(core, to, address)
  if (state === undefined) return undefined
  const { workspace } = to
  for (let before = state.seq + 1; ; ) {
    const query = { workspace, conversation: state.id, kinds: ['in', 'out'] as const, before, limit: 200 }
    const page = await orFail(core.storage.timeline(query))
    const first = page.entries[0]
    if (first === undefined) return undefined
    for (const { parts } of readTimeline(page).messages) {
      const found = filesOf(parts).find((one) => one.blob === blob)
      const bytes = found === undefined ? undefined : await core.blobs.get(workspace, blob)
      if (found !== undefined) return bytes === undefined ? undefined : { file: found, bytes }
    }
    before = first.seq
  }
}

const watch =
  (core: Core, to: Connected): Sink['watch'] =>
  (listener) => {
    const own = (account: string, workspace: string): boolean => account === to.account.id && workspace === to.workspace
    const stops = [
      core.bus.on('committed', ({ workspace, touched, delivered }) => {
        for (const { account, address } of [...touched, ...delivered]) {
          if (own(account, workspace)) listener({ _tag: 'Changed', address })
        }
      }),
      core.bus.on('agentTyping', ({ workspace, account, address, name, on }) => {
        if (own(account, workspace)) listener({ _tag: 'Typing', address, name, on })
      }),
    ]
    return () => stops.forEach((stop) => stop())
  }

/** What a live channel gets to talk to the engine with, for one account. */
export const sinkFor = (core: Core, to: Connected): Sink => ({
  receive: (request) => ingestRequest(core, to, request),
  events: (events) => ingest(core, to, events),
  thread: (address, page) => thread(core, to, address, page),
  file: (address, blob) => file(core, to, address, blob),
  typing: (address, on) => {
    activeAt(core, to, address).then(
      (state) =>
        state === undefined
          ? undefined
          : core.bus.emit('typing', {
              workspace: to.workspace,
              conversation: state.id,
              by: { kind: 'contact', id: state.contact },
              on,
            }),
      (error: unknown) => core.report('typing', error),
    )
  },
  watch: watch(core, to),
})
