import { system } from '../../domain/actor.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import type { Retagging } from '../tags.ts'
import { noteInWorkspace } from '../workspace-journal.ts'
import { write } from '../write.ts'

/** One commit takes about so many. */
const atOnce = 100

const carriers = async (core: Core, workspace: string, tag: string): Promise<ReadonlyArray<string>> => {
  const rows = await core.storage.list({
    workspace,
    visibility: { _tag: 'All' },
    filter: { tag },
    reader: null,
    limit: atOnce,
  })
  return rows.map(({ row }) => row.id)
}

/** Goes on later, in this process or another one. */
const putOff = (core: Core, work: ClaimedWork, retryAt: number): Promise<unknown> =>
  write(core, work.workspace, () => ({
    settle: [{ id: work.id, attempts: work.attempts, retryAt }],
  }))

/**
 * Gives conversations the new name of a tag, a few at a time, until none has the old one. What is done needs no
 * remembering: whoever takes this up after a crash finds only those that are left.
 */
export const retag = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { from, to, by, conversations } = JSON.parse(work.payload) as Retagging
  const { workspace } = work
  for (;;) {
    const left = await carriers(core, workspace, from)
    if (left.length === 0) break
    if (core.closing.aborted) return void (await putOff(core, work, core.clock.now()))
    const outcomes = await Promise.all(
      left.map(async (conversation) => {
        if (to !== null)
          await execute(core, { workspace, conversation, actor: system, command: { _tag: 'Tag', tags: [to] } })
        return execute(core, { workspace, conversation, actor: system, command: { _tag: 'Untag', tags: [from] } })
      }),
    )
    // Those that are left were deleted at this moment; the next look does not find them.
    if (!outcomes.some(({ _tag }) => _tag === 'Done')) break
  }
  const actor = { kind: 'agent', id: by } as const
  await noteInWorkspace(
    core,
    workspace,
    actor,
    to === null ? { _tag: 'TagRemoved', tag: from, conversations } : { _tag: 'TagRenamed', from, to, conversations },
    { settle: [{ id: work.id, attempts: work.attempts }] },
  )
}
