import type { Status } from '../domain/conversation/state.ts'
import { type Part, filesOf } from '../domain/message/part.ts'
import { writtenOut } from '../domain/message/written-out.ts'
import type { ChannelCapabilities, PublicMessage, PublicThread, Sink } from '../ports/channel.ts'
import type { Connected } from './accounts.ts'
import { activeAt } from './active-at.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { ingest, ingestRequest } from './ingest.ts'
import { isBlocked } from './ingest/blocked.ts'
import { type CurrentMessage, readTimeline } from './read/messages.ts'
import { leavesTranslated, leavingLanguage } from './translation/awaited.ts'
import { inOtherWords } from './translation/outgoing.ts'

const orFail = async <A>(asking: A | Promise<A>): Promise<A> => {
  try {
    return await asking
  } catch (error) {
    throw storageFailed(error)
  }
}

/** A message that is still being translated has not left: it is shown in the words in which it leaves. */
const isOnItsWay = (current: CurrentMessage, language: string | null): boolean =>
  language !== null &&
  (current.delivery?.status === 'queued' || current.delivery?.status === 'sending') &&
  leavesTranslated(current) &&
  current.shown === null &&
  !current.words.some((one) => one.language === language)

/** In the words in which it left, whatever the conversation is translated into by now. */
const asItLeft = ({ message, parts, words, shown }: CurrentMessage, language: string | null): ReadonlyArray<Part> => {
  if (message.direction !== 'out') return parts
  const left = words.findLast(({ text }) => text !== null) ?? (language !== null && words.length === 0 ? shown : null)
  return left?.text == null ? parts : inOtherWords(parts, left.text)
}

const publicMessage = (
  current: CurrentMessage,
  names: ReadonlyMap<string, { readonly name: string }>,
  { reactions: showsReactions = false, parts: shown = [] }: ChannelCapabilities,
  language: string | null,
): PublicMessage => {
  const { message } = current
  return {
    seq: current.seq,
    direction: message.direction === 'in' ? 'in' : 'out',
    authorName: message.author.kind === 'agent' ? (names.get(message.author.id)?.name ?? null) : null,
    parts: writtenOut(asItLeft(current, language), shown),
    sentAt: message.sentAt,
    edited: current.edited,
    deleted: current.deleted,
    externalId: message.externalId ?? null,
    quote: message.quote ?? null,
    delivery: current.delivery,
    ...(showsReactions
      ? { reactions: current.reactions.map(({ by, emoji }) => ({ by: by.kind === 'contact' ? 'in' : 'out', emoji })) }
      : {}),
  }
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
  const [timeline, setup, language] = await Promise.all([
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
    orFail(leavingLanguage(core, to.workspace, state)),
  ])
  const entries = timeline.entries.slice(0, limit)
  const { messages } = readTimeline({ ...timeline, entries })
  const bySeq = [...messages].sort((a, b) => a.seq - b.seq)
  // Nothing overtakes a message: what comes after one that has not left is shown after it.
  const held = bySeq.findIndex((current) => isOnItsWay(current, language))
  const left = held === -1 ? bySeq : bySeq.slice(0, held)
  return {
    conversation: state.id,
    status: ended.has(state.status) ? 'closed' : 'open',
    seq: bySeq[held] === undefined ? state.seq : bySeq[held].seq - 1,
    // What was moved to another matter is not said here any more.
    messages: left
      .filter(({ message }) => message.movedTo === undefined)
      .map((message) => publicMessage(message, setup.agents, to.channel.capabilities, language)),
    more: held === -1 && timeline.entries.length > limit,
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
      core.bus.on('touched', ({ workspace, conversations, delivered }) => {
        for (const { account, address } of [...conversations, ...delivered]) {
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
    const heard = async () => ((await isBlocked(core, to, { address })) ? undefined : activeAt(core, to, address))
    heard().then(
      (state) =>
        state === undefined || core.closing.aborted
          ? undefined
          : core.bus.emit('typing', {
              workspace: to.workspace,
              conversation: state.id,
              by: { kind: 'contact', id: state.contact },
              on,
            }),
      // Who types while the engine closes has broken nothing.
      (error: unknown) => (core.closing.aborted ? undefined : core.report('typing', error)),
    )
  },
  watch: watch(core, to),
})
