import { batch, signal } from '@preact/signals'
import type { CanSend, Conversation } from '@guichet/engine/domain'
import {
  as,
  ask,
  conversationPath,
  type Entry,
  type Failure,
  type Message,
  type MessagePage,
  type Opened,
  tell,
} from '../api.ts'
import { t } from '../words/t.ts'
import { announce } from './announce.ts'
import { conversation, displayName, forget, learn } from './conversations.ts'
import { refresh } from './list.ts'
import { pane, replace, screen, selected } from './place.ts'
import { inTurn } from './turns.ts'

export interface Thread {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly failure: Failure | null
  readonly messages: ReadonlyMap<number, Message>
  readonly entries: ReadonlyArray<Entry>
  readonly before: number | null
  /** The first message that was new when the conversation was opened. */
  readonly newFrom: number | null
  readonly participants: ReadonlyArray<string>
  readonly locked: boolean
  /** Everything the engine keeps of it; null until it has come. */
  readonly full: Conversation | null
  /** Whether words can leave here; null until it is known. */
  readonly canSend: CanSend | null
}

const empty: Thread = {
  state: 'loading',
  failure: null,
  messages: new Map(),
  entries: [],
  before: null,
  newFrom: null,
  participants: [],
  locked: false,
  full: null,
  canSend: null,
}

/** What has been opened in this window: going back to it shows it at once. */
export const threads = signal<ReadonlyMap<string, Thread>>(new Map())

export const threadOf = (id: string): Thread => threads.value.get(id) ?? empty

const change = (id: string, to: (thread: Thread) => Thread): void => {
  threads.value = new Map(threads.value).set(id, to(threadOf(id)))
}

type Delivered = NonNullable<Message['delivery']>

/** The newest report on each message, also on those that are still being fetched: a page may be older than the stream. */
const reports = new Map<string, Delivered>()

const steps: ReadonlyArray<Delivered['status']> = [
  'queued',
  'sending',
  'uncertain',
  'failed',
  'sent',
  'delivered',
  'read',
]

const furthest = (id: string, message: Message): Message => {
  const report = reports.get(`${id}/${message.seq}`)
  const behind =
    report !== undefined &&
    (message.delivery === null || steps.indexOf(report.status) > steps.indexOf(message.delivery.status))
  return behind ? { ...message, delivery: report } : message
}

const merged = (id: string, thread: Thread, page: MessagePage): Pick<Thread, 'messages' | 'entries'> => {
  const messages = new Map(thread.messages)
  for (const message of page.items) messages.set(message.seq, furthest(id, message))
  const entries = new Map(thread.entries.map((entry) => [entry.seq, entry]))
  for (const entry of page.entries) entries.set(entry.seq, entry)
  return { messages, entries: [...entries.values()].sort((a, b) => a.seq - b.seq) }
}

const lastSeq = (thread: Thread): number => thread.entries.at(-1)?.seq ?? 0

const learnState = async (id: string): Promise<Failure | null> => {
  const answer = await ask<Opened>(conversationPath(id))
  if (!answer.ok) return answer.failure
  const { state, canSend, ...summary } = answer.value
  learn([summary])
  // It went into another one: whoever had it open is led there.
  if (state.id !== id && selected.value === id) replace(() => void open(state.id))
  change(id, (thread) => {
    // An answer that was overtaken by a later one changes nothing.
    if (thread.full?.id === state.id && thread.full.seq > state.seq) return thread
    return { ...thread, participants: state.participants, locked: state.locked, full: state, canSend }
  })
  return null
}

const loadNewest = async (id: string): Promise<Failure | null> => {
  const answer = await ask<MessagePage>(conversationPath(id, '/messages'), { limit: 60 })
  if (!answer.ok) return answer.failure
  const page = answer.value
  change(id, (thread) => ({
    ...thread,
    ...merged(id, thread, page),
    before: thread.entries.length === 0 ? page.before : thread.before,
  }))
  return null
}

/** Says aloud what a customer or a colleague has just written in the open conversation. */
const tellOf = (id: string, messages: ReadonlyArray<Message>): void => {
  const last = messages.findLast(({ author }) => author.id !== as)
  const summary = conversation(id)
  if (last === undefined || summary === undefined || selected.value !== id) return
  announce(t().says(last.author.name ?? displayName(summary), last.text))
}

/** What says something about older messages: they are read again. */
const amends: ReadonlySet<Entry['what']['_tag']> = new Set([
  'MessageEdited',
  'MessageDeleted',
  'FileArrived',
  'FileLost',
  'Reacted',
  'ReactionFailed',
  'Translated',
  'TranslationSet',
  'MessagesMovedOut',
])

/** Everything that came after the last entry that is here, then what was said about older ones. */
const loadRest = async (id: string): Promise<Failure | null> => {
  let amended = false
  for (;;) {
    const answer = await ask<MessagePage>(conversationPath(id, '/messages'), {
      after: lastSeq(threadOf(id)),
      limit: 100,
    })
    if (!answer.ok) return answer.failure
    const page = answer.value
    tellOf(id, page.items)
    amended ||= page.entries.some(({ what }) => amends.has(what._tag))
    change(id, (thread) => ({ ...thread, ...merged(id, thread, page) }))
    if (page.entries.length < 100) return amended ? loadNewest(id) : null
  }
}

const failed = (id: string, failure: Failure): void => {
  if (failure._tag === 'NotFound') forget(id)
  change(id, (thread) =>
    thread.state === 'ready' && failure._tag === 'Network' ? thread : { ...thread, state: 'failed', failure },
  )
}

/** The n-th customer message from the end: where the unread ones begin. */
const firstUnread = (thread: Thread, unread: number): number | null => {
  if (unread === 0) return null
  const inbound = thread.entries.flatMap((entry) => (entry.what._tag === 'MessageReceived' ? [entry.seq] : []))
  return inbound.at(-unread) ?? inbound[0] ?? null
}

const bringUp = async (id: string, opening: boolean): Promise<void> => {
  const ready = threadOf(id).state === 'ready'
  const [one, two] = await Promise.all([learnState(id), ready ? loadRest(id) : loadNewest(id)])
  const failure = one ?? two
  if (failure !== null) return failed(id, failure)
  const unread = opening || document.visibilityState !== 'visible' ? (conversation(id)?.unread ?? 0) : 0
  change(id, (thread) => ({
    ...thread,
    state: 'ready',
    failure: null,
    newFrom: thread.newFrom ?? firstUnread(thread, unread),
  }))
}

/** What waits for its turn: who asks again meanwhile is answered by the same. */
const waiting = new Map<string, Promise<void>>()

/**
 * Brings an opened conversation up to date; what came while nobody looked is marked as new. One after the other: no
 * older answer comes after a newer one, and what is new is marked before it counts as read.
 */
export const catchUp = (id: string, opening = false): Promise<void> => {
  const already = opening ? undefined : waiting.get(id)
  if (already !== undefined) return already
  const turn = inTurn(`catching up with ${id}`, () => {
    waiting.delete(id)
    return bringUp(id, opening)
  })
  waiting.set(id, turn)
  return turn
}

const looking = (id: string): boolean =>
  selected.value === id && screen.value === null && document.visibilityState === 'visible'

/** What somebody looks at is read; where it began stays marked until somebody goes elsewhere. */
export const readIfLooking = async (id: string): Promise<void> => {
  const summary = conversation(id)
  if (!looking(id) || summary === undefined || summary.unread === 0 || threadOf(id).state !== 'ready') return
  learn([{ ...summary, unread: 0 }])
  await tell(conversationPath(id, '/markRead'))
  // A list that was read before this would bring the old figure back.
  await refresh()
}

/** The message that somebody was led to: it is brought into view and marked. */
export const sought = signal<{ readonly conversation: string; readonly seq: number } | null>(null)

/** Opens a conversation, at one of its messages when that is what was looked for. */
export const open = async (id: string, at?: number): Promise<void> => {
  const before = selected.value
  if (before !== null && before !== id && threads.value.has(before))
    change(before, (thread) => ({ ...thread, newFrom: null }))
  batch(() => {
    screen.value = null
    selected.value = id
    pane.value = 'thread'
    sought.value = at === undefined ? null : { conversation: id, seq: at }
  })
  await catchUp(id, true)
  if (at !== undefined) await reach(id, at)
  await readIfLooking(id)
}

export const loadOlder = async (id: string, limit = 60): Promise<void> => {
  const { before } = threadOf(id)
  if (before === null) return
  const answer = await ask<MessagePage>(conversationPath(id, '/messages'), { before, limit })
  if (!answer.ok) return
  const page = answer.value
  change(id, (thread) => ({ ...thread, ...merged(id, thread, page), before: page.before }))
}

/** Loads older messages until this one is there, as long as somebody still looks for it. */
const reach = async (id: string, seq: number): Promise<void> => {
  for (;;) {
    const { before, entries } = threadOf(id)
    const first = entries[0]?.seq ?? 0
    if (before === null || first <= seq || sought.value?.conversation !== id || sought.value.seq !== seq) return
    await loadOlder(id, 200)
    // The server has not answered: what is there is shown.
    if (threadOf(id).before === before) return
  }
}

/** A report about a message on its way, as the feed brings it. */
export const delivered = (id: string, seq: number, delivery: Delivered): void => {
  reports.set(`${id}/${seq}`, delivery)
  const message = threads.value.get(id)?.messages.get(seq)
  if (message === undefined) return
  change(id, (thread) => ({ ...thread, messages: new Map(thread.messages).set(seq, { ...message, delivery }) }))
}

document.addEventListener('visibilitychange', () => {
  if (selected.value !== null) void readIfLooking(selected.value)
})
