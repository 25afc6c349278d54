import type { Changeset, CommitResult } from '@guichet/engine/ports'
import { externalCalls, identityCalls } from './commit/addresses.ts'
import type { Part } from './commit/changes.ts'
import { conversationCalls } from './commit/conversations.ts'
import { counterCalls, limitCalls } from './commit/counters.ts'
import { documentCalls } from './commit/documents.ts'
import { advance, eraseCalls, journalCalls } from './commit/journal.ts'
import { recordCalls } from './commit/records.ts'
import { cancelCalls, notOurs, settleCalls, workCalls } from './commit/work.ts'
import type { Connection } from './connection.ts'
import { toFailure } from './failure.ts'
import type { Link } from './link.ts'

/** In this order: what a changeset ends, cancels and erases is what was there before it; what it adds comes after. */
const parts: ReadonlyArray<Part> = [
  limitCalls,
  conversationCalls,
  externalCalls,
  identityCalls,
  documentCalls,
  settleCalls,
  cancelCalls,
  eraseCalls,
  journalCalls,
  workCalls,
  recordCalls,
  counterCalls,
]

/** What an expectation that does not hold fails with, and a key that is there already. */
const conflicts: ReadonlySet<string> = new Set(['22012', '23505'])

/** Transactions that the server undid for another's sake; nothing of them is there, so they are tried again. */
const undone = /^40/
const attemptsAtMost = 5

const write = async (
  { statement, workspaces, leaseClock }: Connection,
  link: Link,
  changeset: Changeset,
): Promise<CommitResult> => {
  const ws = await workspaces.findOrInsert(changeset.workspace)
  const by = changeset.entries.length + changeset.deliveries.length
  const calls = parts.flatMap((part) => part({ ws, changeset, statement, leaseClock }))
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [[head]] = await link.transact([statement(advance)({ ws, by }), ...calls])
      return { _tag: 'Committed', position: head?.pos ?? 0 }
    } catch (error) {
      const { code } = toFailure(error)
      if (code === notOurs) return { _tag: 'Conflict', over: 'work' }
      if (conflicts.has(code)) return { _tag: 'Conflict' }
      if (!undone.test(code) || attempt === attemptsAtMost) throw error
    }
  }
}

/**
 * Each changeset is a transaction that is sent whole, without waiting for any answer in it, and those of one commit are
 * sent one after the other: all of them are one round trip. What it expects is checked by the statements themselves,
 * under the lock of its workspace's stream; what fails undoes all of it.
 */
export const commit = async (
  connection: Connection,
  changesets: ReadonlyArray<Changeset>,
): Promise<ReadonlyArray<CommitResult>> => {
  // Known before the first is sent, so that they are sent in their order.
  for (const workspace of new Set(changesets.map((one) => one.workspace))) {
    await connection.workspaces.findOrInsert(workspace)
  }
  const link = connection.writers.one()
  const written = await Promise.allSettled(changesets.map((changeset) => write(connection, link, changeset)))
  return written.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
