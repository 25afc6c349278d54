import { decodeConversation } from '../codec/conversation.ts'
import { system } from '../domain/actor.ts'
import { type Outdated, type RetentionPolicy, checkRetention, outdated } from '../domain/workspace/retention.ts'
import type { ListedConversation } from '../ports/storage.ts'
import type { Core } from './core.ts'
import { execute } from './execute.ts'
import { changeSettings } from './settings/change.ts'
import type { Kept } from './settings.ts'
import { noteInWorkspace } from './workspace-journal.ts'

/** How often the job runs, in milliseconds. */
export const dailyMs = 24 * 60 * 60 * 1_000
/** Deleted one beside the other; the committer stores them together. */
const atOnce = 50
/** Deleted by one piece of work: it ends long before its lease does. */
const inOnePiece = 500

export const keepsEverything: RetentionPolicy = { closedDays: null, spamDays: null, archivedDays: null }

const isEmpty = (policy: RetentionPolicy): boolean => outdated(policy, 0).length === 0

const same = (value: RetentionPolicy, before: RetentionPolicy | undefined): boolean =>
  before !== undefined &&
  value.closedDays === before.closedDays &&
  value.spamDays === before.spamDays &&
  value.archivedDays === before.archivedDays

/** Where the timer stands: one for a workspace. */
const timer = { kind: 'retain', key: 'retain' } as const

export const putRetention = async (
  core: Core,
  workspace: string,
  policy: RetentionPolicy,
): Promise<Kept<RetentionPolicy>> => {
  const refusal = checkRetention(policy)
  if (refusal !== null) return { _tag: 'Refused', refusal }
  const { closedDays, spamDays, archivedDays } = policy
  const value: RetentionPolicy = { closedDays, spamDays, archivedDays }
  // A host that says so at each start must not put the job off each time.
  if (same(value, (await core.directory.of(workspace)).retention)) return { _tag: 'Kept', value }
  const ends = isEmpty(value)
  await changeSettings(core, {
    workspace,
    settings: [{ kind: 'retention', id: 'retention', data: ends ? null : JSON.stringify(value) }],
    ...(ends
      ? { cancel: [timer] }
      : { work: [{ id: core.ids.next(), ...timer, lane: 'retain', due: core.clock.now() + dailyMs, payload: '{}' }] }),
  })
  return { _tag: 'Kept', value }
}

/** What is to be written to somebody yet is not let go of before it was. */
const isWaitedFor = ({ row }: ListedConversation): boolean => decodeConversation(row).scheduled.length > 0

/** Deletes what is outdated, at most so many; whoever was written to or moved meanwhile stays. */
const letGo = async (core: Core, workspace: string, { status, before }: Outdated, limit: number): Promise<number> => {
  let deleted = 0
  let after: { readonly lastActivity: number; readonly id: string } | undefined
  while (deleted < limit && !core.closing.aborted) {
    const rows = await core.storage.list({
      workspace,
      visibility: { _tag: 'All' },
      filter: { status: [status], to: before },
      reader: null,
      limit: Math.min(atOnce, limit - deleted),
      ...(after === undefined ? {} : { after }),
    })
    const last = rows.at(-1)?.row
    if (last === undefined) break
    after = { lastActivity: last.lastActivity, id: last.id }
    const done = await Promise.all(
      rows
        .filter((one) => !isWaitedFor(one))
        .map(({ row }) =>
          execute(core, {
            workspace,
            conversation: row.id,
            actor: system,
            command: { _tag: 'Delete' },
            expectedVersion: row.version,
          }),
        ),
    )
    deleted += done.filter(({ _tag }) => _tag === 'Done').length
  }
  return deleted
}

/**
 * Lets go of what the policy does not keep, by the ordinary command, and writes down how many went.
 *
 * @returns how many were deleted, and whether that was all.
 */
export const runRetention = async (
  core: Core,
  workspace: string,
  limit: number = inOnePiece,
): Promise<{ readonly deleted: number; readonly all: boolean }> => {
  const policy = (await core.directory.of(workspace)).retention ?? keepsEverything
  let total = 0
  for (const one of outdated(policy, core.clock.now())) {
    const deleted = await letGo(core, workspace, one, limit - total)
    total += deleted
    if (deleted > 0) await noteInWorkspace(core, workspace, system, { _tag: 'RetentionRan', ...one, deleted })
    if (total >= limit) return { deleted: total, all: false }
  }
  return { deleted: total, all: true }
}
