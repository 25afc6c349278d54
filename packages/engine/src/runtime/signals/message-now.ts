import type { MessageAddress } from '../../domain/message/message.ts'
import type { Core } from '../core.ts'
import { type CurrentMessage, readTimeline } from '../read/messages.ts'

/** A message where it stands now, whatever it was moved to. */
export const messageNow = async (
  core: Core,
  workspace: string,
  at: MessageAddress,
): Promise<{ readonly at: MessageAddress; readonly message: CurrentMessage } | undefined> => {
  const { conversation, seq } = at
  const page = readTimeline(await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 }))
  const message = page.messages.find((one) => one.seq === seq)
  const to = message?.message.movedTo
  if (to !== undefined) return messageNow(core, workspace, to)
  return message === undefined || message.deleted ? undefined : { at, message }
}
