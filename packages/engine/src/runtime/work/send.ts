import { system } from '../../domain/actor.ts'
import { decodeConversation } from '../../codec/conversation.ts'
import { textOf } from '../../domain/message/part.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { draftWith } from '../drafts.ts'
import { execute } from '../execute.ts'
import { contentAt } from '../scheduled.ts'
import { noNeeds } from '../view.ts'

/**
 * The time of a scheduled message, however late: it leaves, or is cancelled with the reason and becomes a draft again,
 * in one commit with the end of the work, so that it happens once. What is not due after all, because it was put off
 * or a clock was set back, waits for its time; words that were changed while they were read are read again.
 */
export const send = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { workspace } = work
  const { conversation, schedule } = JSON.parse(work.payload) as {
    readonly conversation: string
    readonly schedule: number
  }
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const row = loaded.conversations[0]
  const one = row && decodeConversation(row).scheduled.find(({ id }) => id === schedule)
  const content = one && (await contentAt(core, workspace, conversation, one.content))
  // Who is gone has no drafts: her words stand in the journal.
  const writer = one && (await core.directory.of(workspace)).agents.get(one.by)
  const before = writer && (await core.storage.draft(workspace, conversation, writer.id, 'reply'))
  const text = textOf(content?.parts ?? [])
  await execute(core, {
    workspace,
    conversation,
    actor: system,
    // Without words there is nothing to send: the decision finds that out, and says so.
    command: { _tag: 'SendScheduled', schedule, read: one?.content ?? 0, content: content ?? { parts: [] } },
    settle: (left) => {
      const still = left?.deleted === true ? undefined : left?.scheduled.find(({ id }) => id === schedule)
      return { id: work.id, attempts: work.attempts, ...(still === undefined ? {} : { retryAt: still.at }) }
    },
    ...(writer === undefined || text.trim() === ''
      ? {}
      : {
          unsent: {
            conversation,
            agent: writer.id,
            mode: 'reply',
            data: draftWith(before, text),
            at: core.clock.now(),
          },
        }),
  })
}
