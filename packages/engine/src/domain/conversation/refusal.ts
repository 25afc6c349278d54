import type { Status } from './state.ts'

/**
 * Why something did not happen, with what the caller needs to show. A refusal is an answer, not an accident: nothing
 * has changed, and asking again unchanged gives the same answer.
 */
export type Refusal =
  /** It does not exist, or the viewer may not know that it does: the two are told apart by nobody. */
  | { readonly _tag: 'NotFound' }
  | { readonly _tag: 'Forbidden'; readonly action: string }
  | { readonly _tag: 'UnknownAgent'; readonly agent: string }
  | { readonly _tag: 'UnknownQueue'; readonly queue: string }
  | { readonly _tag: 'UnknownAccount'; readonly account: string }
  | { readonly _tag: 'UnknownMessage'; readonly message: number }
  | { readonly _tag: 'AlreadyOwned'; readonly owner: string }
  | { readonly _tag: 'NotOwned' }
  | { readonly _tag: 'NotOwner'; readonly owner: string | null }
  | { readonly _tag: 'Locked'; readonly owner: string }
  | { readonly _tag: 'MayNotReply'; readonly agent: string }
  | { readonly _tag: 'AlreadyOpen' }
  | { readonly _tag: 'AlreadyClosed' }
  | { readonly _tag: 'AlreadySpam' }
  | { readonly _tag: 'AlreadyArchived' }
  | { readonly _tag: 'Spam' }
  | { readonly _tag: 'Archived' }
  /** The command means nothing in this status; `instead` names the one that does. */
  | { readonly _tag: 'WrongStatus'; readonly status: Status; readonly instead?: string }
  /** Nothing would change. */
  | { readonly _tag: 'NothingToDo' }
  /** No word and no file. */
  | { readonly _tag: 'Empty' }
  | { readonly _tag: 'PastTime'; readonly until: number; readonly now: number }
  | { readonly _tag: 'TooManyFiles'; readonly files: number; readonly max: number }
  | { readonly _tag: 'FileTooLarge'; readonly name: string; readonly size: number; readonly max: number }
  | { readonly _tag: 'FileTypeForbidden'; readonly name: string; readonly mime: string }
  | { readonly _tag: 'TextTooLong'; readonly length: number; readonly max: number }
  | { readonly _tag: 'Unsupported'; readonly feature: string }
  /** Somebody was faster; what was typed is kept by the caller or as a draft. */
  | { readonly _tag: 'Conflict'; readonly expected: number; readonly actual: number }
  /** A message came that the writer has not seen. */
  | { readonly _tag: 'Unseen'; readonly expected: number; readonly actual: number }
  /** Something still rests on it: `by` names what, for example `account support` or `3 conversations`. */
  | { readonly _tag: 'InUse'; readonly by: string }
  | { readonly _tag: 'CannotSend'; readonly reason: string; readonly until?: number }
  | { readonly _tag: 'Invalid'; readonly what: string; readonly issues: ReadonlyArray<string> }
  | { readonly _tag: 'UnknownDepartment'; readonly department: string }
  | { readonly _tag: 'UnknownContact'; readonly contact: string }
  | { readonly _tag: 'UnknownTemplate'; readonly template: string }
  | { readonly _tag: 'UnknownSchedule'; readonly schedule: number }
  | { readonly _tag: 'UnknownBot'; readonly bot: string }
  | { readonly _tag: 'UnknownSlashCommand'; readonly name: string; readonly known: ReadonlyArray<string> }
  /** It is not offered to whoever answered, or not any more. */
  | { readonly _tag: 'NotOffered' }
  | { readonly _tag: 'AtCapacity'; readonly agent: string; readonly capacity: number }
  | { readonly _tag: 'NotAvailable'; readonly agent: string; readonly presence: 'away' | 'offline' }
  /** A bot that may not speak here: it is blocked, or people have control. */
  | { readonly _tag: 'BotSilenced'; readonly bot: string; readonly because: 'blocked' | 'team' | 'handover' | 'status' }
  /** More of something than there may be. */
  | { readonly _tag: 'TooMany'; readonly what: string; readonly max: number }
  /** A contact or a conversation cannot go into itself, nor where it already is. */
  | { readonly _tag: 'Same' }
  /** Two contacts with different verified addresses on one account are two people. */
  | { readonly _tag: 'IdentitiesConflict'; readonly account: string; readonly addresses: ReadonlyArray<string> }
  /** There is no address of this contact on that account. */
  | { readonly _tag: 'NotReachable'; readonly account: string }
  /** What belongs together must be of the same kind: two conversations of one account, say. */
  | { readonly _tag: 'Mismatch'; readonly what: string }
