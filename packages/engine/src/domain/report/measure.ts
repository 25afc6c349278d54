import { isInternal } from '../conversation/chat.ts'
import { answersElsewhere } from '../conversation/echoed.ts'
import type { Entry } from '../conversation/entry.ts'
import { evolve } from '../conversation/evolve.ts'
import type { Conversation } from '../conversation/state.ts'

/** The time that figures are about, epoch milliseconds; the end is not included. */
export interface ReportTime {
  readonly from: number
  readonly to: number
}

/** How long something took for the people of a queue: business time where it has hours, real time elsewhere. */
export type Elapsed = (queue: string, from: number, to: number) => number

/** What is counted, and where it stood at that moment. Durations are milliseconds. */
export interface MeasuredEvent {
  readonly what: 'started' | 'received' | 'sent' | 'closed' | 'answered' | 'resolved' | 'slaMissed'
  readonly at: number
  readonly queue: string
  readonly channel: string
  /** Who did it, or whose it was; null for nobody. */
  readonly agent: string | null
  /** Of `answered` and `resolved`. */
  readonly ms?: number
  /** Of `closed`, when bots had it at first: whether they kept it to the end. */
  readonly contained?: boolean
}

/** A stretch in which it was open and the team's; `to` is null when it still was at the end of the time. */
export interface OpenSpan {
  readonly from: number
  readonly to: number | null
  readonly queue: string
  readonly channel: string
  readonly agent: string | null
}

/** What one conversation adds to the figures. */
export interface Measures {
  /** At the end of the time. */
  readonly tags: ReadonlyArray<string>
  readonly events: ReadonlyArray<MeasuredEvent>
  readonly open: ReadonlyArray<OpenSpan>
}

const nothing: Measures = { tags: [], events: [], open: [] }

const isActive = (state: Conversation | undefined): boolean => state?.status === 'open' || state?.status === 'pending'

const isOpen = (state: Conversation): boolean =>
  state.status === 'open' && state.control === 'team' && !state.deleted && state.mergedInto === null

/** What was written elsewhere before; its time is when it was written. */
const importedAt = ({ what }: Entry): number | undefined =>
  what._tag === 'MessageMovedIn' && 'source' in what.from ? what.message.sentAt : undefined

/** Who acted, if it was a colleague; otherwise whose it was. */
const doer = (entry: Entry, owner: string | null): string | null =>
  entry.actor.kind === 'agent' ? entry.actor.id : owner

/** What is known of a conversation between two entries, beside its state. */
interface Course {
  readonly state: Conversation | undefined
  /** All of it came from another system so far. */
  readonly imported: boolean
  /** The time of the last entry. */
  readonly at: number
  readonly began: number
  /** Since when people are asked for and none has answered; null before and after. */
  readonly asked: number | null
  readonly answered: boolean
  /** Bots had it when it began or was reopened, and people have not had it since; null when people had it at once. */
  readonly bots: boolean | null
}

/** What an entry says was written, and by whom. */
const saying = ({
  what,
}: Entry): { readonly by: 'customer' | 'person' | 'machine'; readonly counts: boolean } | undefined => {
  switch (what._tag) {
    case 'MessageReceived':
      return what.message.automatic === undefined ? { by: 'customer', counts: true } : undefined
    case 'MessageSent':
      if (what.message.author.kind === 'agent' || answersElsewhere(what)) return { by: 'person', counts: true }
      return { by: 'machine', counts: true }
    case 'MessageMovedIn': {
      // What was moved here has been counted where it was.
      const counts = 'source' in what.from
      if (what.message.direction === 'note') return undefined
      if (what.message.direction === 'in') return { by: 'customer', counts }
      return { by: what.message.author.kind === 'agent' ? 'person' : 'machine', counts }
    }
    default:
      return undefined
  }
}

const botsAfter = (course: Course, after: Conversation, begins: boolean): boolean | null => {
  if (begins) return after.control === 'bot' ? true : null
  return course.bots === true && isActive(after) && after.control === 'team' ? false : course.bots
}

interface Happened {
  readonly course: Course
  readonly events: ReadonlyArray<MeasuredEvent>
}

const happen = (course: Course, entry: Entry, after: Conversation, elapsed: Elapsed): Happened => {
  const { state: before, imported } = course
  const said = saying(entry)
  const time = importedAt(entry)
  const settled = imported && time === undefined && (entry.what._tag === 'Closed' || entry.what._tag === 'Archived')
  // How it stood in the other system is told when it comes in; when it was closed there nobody knows.
  const at = time ?? (settled ? course.at : entry.at)
  const begins = isActive(after) && !isActive(before)
  const began = begins ? at : course.began
  const answers = said?.by === 'person'
  const wanted = after.control === 'team' && isActive(after) && !course.answered && !answers
  const asks = wanted && (said?.by === 'customer' || before?.control === 'bot')
  // Whoever closes it without an answer has decided that nobody waits.
  const asked = answers || !isActive(after) ? null : (course.asked ?? (asks ? at : null))

  const events: Array<MeasuredEvent> = []
  const tell = (what: MeasuredEvent['what'], agent: string | null, more: Partial<MeasuredEvent> = {}): void => {
    // A transfer is counted where it came from, and so is everything else: it was still there.
    const { queue, channel } = before ?? after
    events.push({ what, at, queue, channel, agent, ...more })
  }
  if (before === undefined) tell('started', null)
  if (said?.counts === true) {
    tell(said.by === 'customer' ? 'received' : 'sent', said.by === 'customer' ? after.owner : sender(entry))
  }
  if (answers && said.counts && !course.answered && course.asked !== null) {
    tell('answered', sender(entry), { ms: elapsed(after.queue, course.asked, at) })
  }
  if (entry.what._tag === 'Closed' && !settled && before !== undefined) {
    const by = doer(entry, before.owner)
    const contained = course.bots === null ? {} : { contained: course.bots && entry.actor.kind !== 'agent' }
    tell('closed', by, contained)
    tell('resolved', by, { ms: elapsed(before.queue, course.began, at) })
  }
  if (entry.what._tag === 'SlaMissed') tell('slaMissed', after.owner)
  return {
    events,
    course: {
      state: after,
      imported: before === undefined ? time !== undefined : imported && (time !== undefined || settled),
      at,
      began,
      asked,
      answered: course.answered || answers,
      bots: botsAfter(course, after, begins),
    },
  }
}

const sender = ({ what }: Entry): string | null => {
  if (what._tag !== 'MessageSent' && what._tag !== 'MessageMovedIn') return null
  const { author } = what.message
  return author.kind === 'agent' ? author.id : null
}

const opened = (state: Conversation, from: number): OpenSpan => {
  const { queue, channel, owner } = state
  return { from, to: null, queue, channel, agent: owner }
}

/** The stretches go on, end, or begin; a new owner or queue ends one and begins another. */
const spansAfter = (spans: Array<OpenSpan>, after: Conversation, at: number): void => {
  const last = spans.at(-1)
  const current = last?.to === null ? last : undefined
  const next = isOpen(after) ? opened(after, at) : undefined
  const same = current?.queue === next?.queue && current?.channel === next?.channel && current?.agent === next?.agent
  if (same && (current === undefined) === (next === undefined)) return
  if (current !== undefined) spans[spans.length - 1] = { ...current, to: at }
  if (next !== undefined) spans.push(next)
}

/**
 * What one conversation adds to the figures of a time: a fold of its journal, from the first entry on, as far as that
 * time goes. Colleagues among themselves are not counted, nor is what was deleted.
 * What went into another one is counted up to then.
 *
 * @example
 * ```ts
 * import { measure } from '@guichet/engine/domain'
 *
 * const time = { from: facts.now, to: facts.now + 60_000 }
 * const { events } = measure(journal, time, (_, from, to) => to - from)
 * console.log(events.map(({ what, queue }) => `${what} ${queue}`))
 * ```
 *
 * ```text
 * [ 'started support', 'received support' ]
 * ```
 */
export const measure = (entries: Iterable<Entry>, { from, to }: ReportTime, elapsed: Elapsed): Measures => {
  let course: Course = {
    state: undefined,
    imported: false,
    at: 0,
    began: 0,
    asked: null,
    answered: false,
    bots: null,
  }
  const events: Array<MeasuredEvent> = []
  const open: Array<OpenSpan> = []
  let owner: string | null = null
  for (const entry of entries) {
    const after = evolve(course.state, entry)
    if (after === undefined) continue
    const next = happen(course, entry, after, elapsed)
    if (next.course.at >= to) break
    course = next.course
    events.push(...next.events.filter(({ at }) => at >= from))
    spansAfter(open, after, course.at)
    owner = entry.what._tag === 'MergedInto' ? entry.what.owner : after.owner
  }
  const { state } = course
  const gone = state?.deleted === true && state.mergedInto === null
  if (state === undefined || gone || isInternal(state)) return nothing
  return {
    tags: state.tags,
    // Whose beginning it was is only known at the end.
    events: events.map((event) => (event.what === 'started' ? { ...event, agent: owner } : event)),
    open: open.filter((span) => span.to === null || span.to > from),
  }
}
