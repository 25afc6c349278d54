import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { firstAnswer } from '../execute.ts'

/**
 * A conversation as a message of it leaves: by the account that it was written for. Where the conversation has gone to
 * another account since, that is where further answers leave from, and not this one.
 */
export const whereWritten = async (
  core: Core,
  workspace: string,
  state: Conversation,
  message: { readonly account: string; readonly seq: number },
): Promise<Conversation> => {
  if (state.deleted || message.account === state.account) return state
  const asked = { workspace, conversation: state.id }
  const { conversation: then } = await firstAnswer(core, asked, { seq: message.seq, conversation: state })
  const { account, channel, address } = then
  return account === message.account ? { ...state, account, channel, address } : state
}
