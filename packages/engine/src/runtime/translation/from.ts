import type { Command } from '../../domain/conversation/command.ts'
import type { Core } from '../core.ts'

/** So many of the customer's messages are read in the team's language when that is turned on. */
const lookedBack = 20

/** The oldest message that counts when a conversation is turned on; undefined when nothing is, or nobody has written. */
export const translateFromOf = async (
  core: Core,
  {
    workspace,
    conversation,
    command,
  }: { readonly workspace: string; readonly conversation: string; readonly command: Command },
): Promise<number | undefined> => {
  if (command._tag !== 'SetTranslation' || command.translation === null) return undefined
  const page = await core.storage.timeline({ workspace, conversation, kinds: ['in'], limit: lookedBack })
  return page.entries[0]?.seq
}
