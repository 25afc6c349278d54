import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import { involvedIn, othersOf } from '../involved.ts'
import type { Conversation } from '../state.ts'
import { restoredStatus, transitions } from '../transitions.ts'
import { comesBack, lostOwner } from './distribution.ts'

/** The status commands: each is one row of the table and one entry. */

export const snooze = (state: Conversation, until: number | undefined, facts: Facts): Verdict => {
  const cell = transitions.snooze[state.status]
  if (cell._tag === 'Refused') return cell
  if (until !== undefined && !(until > facts.now)) return refuse({ _tag: 'PastTime', until, now: facts.now })
  if (state.status === 'pending' && state.snoozedUntil === (until ?? null)) return nothingToDo
  return happens({ _tag: 'Snoozed', until: until ?? null })
}

/** Asked by the timer; a timer that lost a race against an agent is refused and that is the end of it. */
export const endSnooze = (state: Conversation, facts: Facts): Verdict => {
  const cell = transitions.snoozeEnds[state.status]
  if (cell._tag === 'Refused') return cell
  const early = state.snoozedUntil === null || state.snoozedUntil > facts.now
  if (early) return nothingToDo
  const cameBack = comesBack(state, facts)
  return happens({ _tag: 'SnoozeEnded', ...(cameBack === undefined ? {} : { cameBack }) })
}

export const close = (state: Conversation, facts: Facts): Verdict => {
  const cell = transitions.close[state.status]
  return cell._tag === 'Refused' ? cell : happens({ _tag: 'Closed', control: facts.account.bots ? 'bot' : 'team' })
}

const openedByHand =
  (row: 'reopen' | 'notSpam', tag: 'Reopened' | 'MarkedNotSpam') =>
  (state: Conversation, facts: Facts): Verdict => {
    const cell = transitions[row][state.status]
    return cell._tag === 'Refused' ? cell : happens({ _tag: tag, ...lostOwner(state, facts) })
  }

/** Nothing is written any more where nobody reads: what was scheduled is cancelled with it. */
const outOfTheWay =
  (row: 'spam' | 'archive', tag: 'MarkedSpam' | 'Archived') =>
  (state: Conversation): Verdict => {
    const cell = transitions[row][state.status]
    if (cell._tag === 'Refused') return cell
    const { scheduled } = state
    return happens({
      _tag: tag,
      ...(scheduled.length === 0 ? undefined : { cancelled: scheduled.map(({ id }) => id) }),
    })
  }

export const reopen = openedByHand('reopen', 'Reopened')
export const markSpam = outOfTheWay('spam', 'MarkedSpam')
export const markNotSpam = openedByHand('notSpam', 'MarkedNotSpam')
export const archive = outOfTheWay('archive', 'Archived')

/** In whatever status: the row of the table refuses nothing. */
export const erase = (state: Conversation): Verdict => {
  const cell = transitions.delete[state.status]
  const sawIt = [...involvedIn(state), ...(state.offer?.agents ?? [])]
  return cell._tag === 'Refused' ? cell : happens({ _tag: 'Deleted', owner: state.owner, ...othersOf(state, sawIt) })
}

export const unarchive = (state: Conversation): Verdict => {
  const cell = transitions.unarchive[state.status]
  return cell._tag === 'Refused'
    ? cell
    : happens({ _tag: 'Unarchived', status: restoredStatus(state.statusBeforeArchive) })
}
