import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'
import { restoredStatus, transitions } from '../transitions.ts'

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
  return early ? nothingToDo : happens({ _tag: 'SnoozeEnded' })
}

export const close = (state: Conversation, facts: Facts): Verdict => {
  const cell = transitions.close[state.status]
  return cell._tag === 'Refused' ? cell : happens({ _tag: 'Closed', control: facts.account.bots ? 'bot' : 'team' })
}

const simple =
  (
    row: 'reopen' | 'spam' | 'notSpam' | 'archive' | 'delete',
    tag: 'Reopened' | 'MarkedSpam' | 'MarkedNotSpam' | 'Archived' | 'Deleted',
  ) =>
  (state: Conversation): Verdict => {
    const cell = transitions[row][state.status]
    return cell._tag === 'Refused' ? cell : happens({ _tag: tag })
  }

export const reopen = simple('reopen', 'Reopened')
export const markSpam = simple('spam', 'MarkedSpam')
export const markNotSpam = simple('notSpam', 'MarkedNotSpam')
export const archive = simple('archive', 'Archived')
export const erase = simple('delete', 'Deleted')

export const unarchive = (state: Conversation): Verdict => {
  const cell = transitions.unarchive[state.status]
  return cell._tag === 'Refused'
    ? cell
    : happens({ _tag: 'Unarchived', status: restoredStatus(state.statusBeforeArchive) })
}
