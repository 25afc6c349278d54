import type { Conversation } from '../../domain/conversation/state.ts'
import type { Message } from '../../domain/message/message.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { firstAnswer } from '../execute.ts'

/** Messages that are older than that they say it left to where their conversation stood when they were written. */
const addressThen = async (
  core: Core,
  workspace: string,
  state: Conversation,
  { account, seq }: { readonly account: string; readonly seq: number },
): Promise<string | undefined> => {
  const asked = { workspace, conversation: state.id }
  const { conversation: then } = await firstAnswer(core, asked, { seq, conversation: state })
  return then.account === account ? then.address : undefined
}

/**
 * A conversation as a message of it leaves: by the account, and to the address, that it was written for. Where the
 * conversation has gone to another account since, that is where further answers leave from, and not this one.
 */
export const whereWritten = async (
  core: Core,
  setup: Setup,
  workspace: string,
  state: Conversation,
  message: { readonly account: string; readonly seq: number; readonly said: Message | undefined },
): Promise<Conversation> => {
  const { account, said } = message
  if (state.deleted || account === state.account) return state
  const to = said?.direction === 'out' ? said.to : undefined
  const address = to ?? (await addressThen(core, workspace, state, message))
  return address === undefined
    ? state
    : { ...state, account, channel: setup.accounts.get(account)?.channel ?? state.channel, address }
}
