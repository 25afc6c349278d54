import type { Refusal } from './refusal.ts'
import type { Status } from './state.ts'

/** What happens to the status when something happens in it. */
export type Cell =
  | { readonly _tag: 'To'; readonly status: Status }
  | { readonly _tag: 'Stays' }
  /** The account's inbound policy says; its default is the cell of the design. */
  | { readonly _tag: 'ByPolicy' }
  /** The status it had before it was archived; open becomes closed. */
  | { readonly _tag: 'Restored' }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** What one happening does in each of the five states. */
export type Row = Readonly<Record<Status, Cell>>

const to = (status: Status): Cell => ({ _tag: 'To', status })
const stays: Cell = { _tag: 'Stays' }
const byPolicy: Cell = { _tag: 'ByPolicy' }
const restored: Cell = { _tag: 'Restored' }
const refused = (refusal: Refusal): Cell => ({ _tag: 'Refused', refusal })
const not = (status: Status, instead?: string): Cell =>
  refused(instead === undefined ? { _tag: 'WrongStatus', status } : { _tag: 'WrongStatus', status, instead })

const isSpam = refused({ _tag: 'Spam' })
const isArchived = refused({ _tag: 'Archived' })
const alreadyOpen = refused({ _tag: 'AlreadyOpen' })
const alreadyClosed = refused({ _tag: 'AlreadyClosed' })
const alreadySpam = refused({ _tag: 'AlreadySpam' })
const alreadyArchived = refused({ _tag: 'AlreadyArchived' })

const row = (open: Cell, pending: Cell, closed: Cell, spam: Cell, archived: Cell): Row => ({
  open,
  pending,
  closed,
  spam,
  archived,
})

/**
 * The state machine of a conversation, whole: whoever asks "may this happen now, and what becomes of the status" asks
 * here. What merges and bots make of a status depends on more than the status, and stands with them.
 */
// biome-ignore format: a table is read by its columns
export const transitions = {
  //                    open                      pending                      closed                        spam                         archived
  customerWrites:   row(stays,                    byPolicy,                    byPolicy,                     byPolicy,                    byPolicy),
  agentReplies:     row(stays,                    to('open'),                  to('open'),                   isSpam,                      isArchived),
  snooze:           row(to('pending'),            stays,                       not('closed', 'reopen'),      isSpam,                      isArchived),
  snoozeEnds:       row(not('open'),              to('open'),                  not('closed'),                not('spam'),                 not('archived')),
  close:            row(to('closed'),             to('closed'),                alreadyClosed,                isSpam,                      isArchived),
  reopen:           row(alreadyOpen,              to('open'),                  to('open'),                   not('spam', 'notSpam'),      not('archived', 'unarchive')),
  spam:             row(to('spam'),               to('spam'),                  to('spam'),                   alreadySpam,                 to('spam')),
  notSpam:          row(not('open'),              not('pending'),              not('closed'),                to('open'),                  not('archived')),
  archive:          row(to('archived'),           to('archived'),              to('archived'),               to('archived'),              alreadyArchived),
  unarchive:        row(not('open'),              not('pending'),              not('closed'),                not('spam'),                 restored),
  transfer:         row(stays,                    to('open'),                  not('closed', 'reopen'),      isSpam,                      to('open')),
  take:             row(stays,                    stays,                       not('closed', 'reopen'),      isSpam,                      isArchived),
  distribute:       row(stays,                    not('pending'),              not('closed', 'reopen'),      isSpam,                      isArchived),
  delete:           row(stays,                    stays,                       stays,                        stays,                       stays),
} as const satisfies Readonly<Record<string, Row>>

/**
 * Unarchiving does not put old work back in front of people: what was open comes back closed.
 *
 * @example
 * ```ts
 * import { restoredStatus } from '@guichet/engine/domain'
 *
 * console.log(restoredStatus('open'), restoredStatus('spam'))
 * ```
 *
 * ```text
 * closed spam
 * ```
 */
export const restoredStatus = (before: Status | null): Status =>
  before === null || before === 'open' ? 'closed' : before
