import { isInternal } from '../conversation/chat.ts'
import { answersElsewhere } from '../conversation/echoed.ts'
import type { Entry, Happening } from '../conversation/entry.ts'
import { evolve } from '../conversation/evolve.ts'
import type { Conversation } from '../conversation/state.ts'
import { urgencyOf } from '../conversation/urgency.ts'
import type { SlaFacts, SlaPolicy } from './policy.ts'
import type { SlaClock, SlaTarget } from './promises.ts'

/** Since when what is promised counts; nothing else is needed to count it anew under another policy. */
type Waits = Pick<SlaClock, 'began' | 'asked' | 'answered'>

/** People have it, and it is not out of the way. What is snoozed still waits: the customer does not know of it. */
const isRunning = (state: Conversation | undefined): boolean =>
  state !== undefined &&
  !state.deleted &&
  state.mergedInto === null &&
  state.control === 'team' &&
  (state.status === 'open' || state.status === 'pending')

const fromCustomer = (what: Happening): boolean =>
  (what._tag === 'MessageReceived' && what.message.automatic === undefined) ||
  // What came from another system was said there; what came from another conversation is asked here from now on.
  (what._tag === 'MessageMovedIn' && what.message.direction === 'in' && 'conversation' in what.from)

const fromPerson = (what: Happening): boolean =>
  answersElsewhere(what) ||
  ((what._tag === 'MessageSent' || (what._tag === 'MessageMovedIn' && what.message.direction === 'out')) &&
    what.message.author.kind === 'agent')

/** Whether an entry that puts people to work leaves a customer waiting for them. */
const waitsFromNow = (before: Conversation | undefined, what: Happening, after: Conversation): boolean => {
  if (fromCustomer(what)) return true
  if (before?.status === 'open' || before?.status === 'pending') return true // It was the bots' until now.
  // Whoever closed it had decided that nobody waits; spam and archive say nothing of the kind.
  return (before?.status === 'spam' || before?.status === 'archived') && after.lastMessage?.by === 'contact'
}

const waitsAfter = (
  had: SlaClock | null,
  before: Conversation | undefined,
  what: Happening,
  after: Conversation,
  now: number,
): Waits => {
  const answered = (had?.answered ?? false) || fromPerson(what)
  if (!isRunning(after)) return { began: null, asked: null, answered }
  if (fromPerson(what)) return { began: isRunning(before) ? (had?.began ?? null) : now, asked: null, answered }
  if (!isRunning(before)) return { began: now, asked: waitsFromNow(before, what, after) ? now : null, answered }
  return { began: had?.began ?? null, asked: had?.asked ?? (fromCustomer(what) ? now : null), answered }
}

const applies = ({ when }: SlaPolicy, state: Conversation): boolean =>
  (when.queues?.includes(state.queue) ?? true) &&
  (when.channels?.includes(state.channel) ?? true) &&
  (when.priorities?.includes(urgencyOf(state)) ?? true)

const targets: ReadonlyArray<SlaTarget> = ['firstResponse', 'nextResponse', 'resolution']

const sinceOf = (target: SlaTarget, { began, asked, answered }: Waits): number | null => {
  switch (target) {
    case 'firstResponse':
      return answered ? null : asked
    case 'nextResponse':
      return answered ? asked : null
    case 'resolution':
      return began
  }
}

/** Overdue until it is made good. */
const missedAfter = (had: SlaClock | null, waits: Waits, what: Happening): ReadonlyArray<SlaTarget> =>
  targets.filter(
    (target) =>
      (had?.missed.includes(target) === true || (what._tag === 'SlaMissed' && what.target === target)) &&
      sinceOf(target, waits) !== null,
  )

const same = (a: SlaClock, b: SlaClock): boolean =>
  a.policy === b.policy &&
  a.began === b.began &&
  a.asked === b.asked &&
  a.answered === b.answered &&
  targets.every((target) => a[target] === b[target] && a.missed.includes(target) === b.missed.includes(target))

/** Bots have it from the beginning: there is nothing to remember yet. */
const isBlank = ({ began, asked, answered }: SlaClock): boolean => began === null && asked === null && !answered

/**
 * The promises that run after an entry. The first response is due from the customer's first message, the next one from
 * each message that follows an answer, the resolution from the beginning or the reopening; under bot control nothing
 * runs before the handover. A person's message answers, a note and a bot's message do not. Another queue, channel or
 * priority may bring another policy, which counts from when its customer began to wait.
 *
 * @param before the conversation before the entry; undefined when the entry begins it.
 * @param what what has happened.
 * @param after the conversation after it.
 * @param now when it happened, epoch milliseconds.
 * @param facts absent when nothing is promised in this workspace.
 * @returns the same object when nothing has changed.
 *
 * @example
 * ```ts
 * import { type SlaFacts, slaAfter } from '@guichet/engine/domain'
 *
 * const policy = { id: 'gold', name: 'Gold', when: {}, nextResponse: null, resolution: null, hours: null }
 * const promises: SlaFacts = { policies: [{ ...policy, firstResponse: 60_000 }], after: (_, from, ms) => from + ms }
 * const [first] = journal
 * const clock = first && slaAfter(undefined, first.what, conversation, facts.now, promises)
 * console.log(clock?.policy, (clock?.firstResponse ?? 0) - facts.now)
 * ```
 *
 * ```text
 * gold 60000
 * ```
 */
export const slaAfter = (
  before: Conversation | undefined,
  what: Happening,
  after: Conversation,
  now: number,
  facts: SlaFacts | undefined,
): SlaClock | null => {
  // Colleagues among themselves promise each other nothing.
  if (facts === undefined || after.deleted || isInternal(after)) return null
  const had = before?.sla ?? null
  const waits = waitsAfter(had, before, what, after, now)
  const policy = facts.policies.find((one) => applies(one, after))
  const missed = missedAfter(had, waits, what)
  const due = (target: SlaTarget): number | null => {
    const since = sinceOf(target, waits)
    const promised = policy?.[target] ?? null
    if (policy === undefined || since === null || promised === null || missed.includes(target)) return null
    // What was promised stays promised, also when the policy has been edited since.
    const stands = had !== null && had.policy === policy.id && sinceOf(target, had) === since && had[target] !== null
    return stands ? had[target] : facts.after(policy.hours, since, promised)
  }
  const clock: SlaClock = {
    policy: policy?.id ?? null,
    firstResponse: due('firstResponse'),
    nextResponse: due('nextResponse'),
    resolution: due('resolution'),
    missed,
    ...waits,
  }
  if (had === null) return isBlank(clock) ? null : clock
  return same(had, clock) ? had : clock
}

/** An entry with the promises that run after it, when it changed them. Costs nothing where nothing is promised. */
export const withSla = (before: Conversation | undefined, entry: Entry, facts: SlaFacts | undefined): Entry => {
  const had = before?.sla ?? null
  if (facts === undefined && had === null) return entry
  const after = evolve(before, entry)
  const sla = after === undefined ? had : slaAfter(before, entry.what, after, entry.at, facts)
  return sla === had ? entry : { ...entry, sla }
}
