import type { Draft } from './copy.ts'
import { answersElsewhere } from './echoed.ts'
import type { Entry, Happening } from './entry.ts'
import type { Conversation } from './state.ts'

/**
 * Whether a conversation stands in its queue for somebody to take it: open, the team's, and nobody's. Only then is it
 * distributed.
 *
 * @example
 * ```ts
 * import { isWaiting } from '@guichet/engine/domain'
 *
 * console.log(isWaiting(conversation), isWaiting({ ...conversation, owner: 'ana' }))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const isWaiting = ({ status, control, owner, deleted, mergedInto }: Conversation): boolean =>
  status === 'open' && control === 'team' && owner === null && !deleted && mergedInto === null

/** People have to do with it: it is theirs, and not out of the way. */
const isAttended = ({ status, control, deleted, mergedInto }: Conversation): boolean =>
  (status === 'open' || status === 'pending') && control === 'team' && !deleted && mergedInto === null

/**
 * Whether the customer's words wait for a person when people get to have to do with it: what a bot said is no answer,
 * and neither is what the engine asked when it handed over.
 */
const isUnanswered = (before: Conversation | undefined, { lastMessage, inbound }: Conversation): boolean =>
  lastMessage?.by === 'contact' || (lastMessage?.by !== 'agent' && before?.control === 'bot' && inbound > 0)

/** Messages that go to another conversation take the wait for an answer with them. */
const elsewhere = (before: Conversation, after: Conversation, entry: Entry): number | null => {
  if (after.lastMessage?.seq === before.lastMessage?.seq) return before.waitingSince
  if (after.lastMessage?.by !== 'contact') return null
  return before.waitingSince ?? entry.at
}

const waitingSince = (before: Conversation | undefined, after: Conversation, entry: Entry): number | null => {
  if (!isAttended(after)) return null
  if (before === undefined || !isAttended(before)) return isUnanswered(before, after) ? entry.at : null
  const { what, actor } = entry
  if ((what._tag === 'MessageSent' && actor.kind === 'agent') || answersElsewhere(what)) return null
  if (what._tag === 'MessagesMovedOut' || what._tag === 'MessageMovedIn') return elsewhere(before, after, entry)
  return what._tag === 'MessageReceived' && what.message.automatic === undefined
    ? (before.waitingSince ?? entry.at)
    : before.waitingSince
}

const none: ReadonlyArray<string> = []

/** Who has just let it go: she is not the first to get it again. */
const letGo = (before: Conversation | undefined, what: Happening): ReadonlyArray<string> => {
  switch (what._tag) {
    case 'Released':
      return before === undefined || before.owner === null ? none : [before.owner]
    case 'Returned':
      return [what.from]
    case 'MessageReceived':
    case 'SnoozeEnded':
    case 'Merged':
      return what.cameBack === undefined ? none : [what.cameBack.formerOwner]
    default:
      return none
  }
}

/**
 * What follows from where a conversation stands, whatever brought it there: since when the customer and the
 * conversation wait, and that an offer, and who let it pass, are forgotten once it is taken or stands elsewhere.
 */
export const wait = (before: Conversation | undefined, after: Draft, entry: Entry): void => {
  const waits = isWaiting(after)
  const goesOn = waits && before !== undefined && before.queue === after.queue && isWaiting(before)
  after.waitingSince = waitingSince(before, after, entry)
  after.queuedSince = !waits ? null : goesOn ? before.queuedSince : entry.at
  if (goesOn) return
  after.offer = null
  after.passed = waits ? letGo(before, entry.what) : none
}
