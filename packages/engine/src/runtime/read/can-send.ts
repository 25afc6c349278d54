import { type CanSend, canSend } from '../../domain/conversation/can-send.ts'
import { isInternal } from '../../domain/conversation/chat.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { sendingNow } from '../consent/now.ts'
import type { Core } from '../core.ts'
import { channelFacts } from '../facts.ts'

/** Whether an agent's words could be sent in a conversation now. Among colleagues nothing leaves, so nothing is amiss. */
export const canSendIn = async (core: Core, workspace: string, state: Conversation): Promise<CanSend> => {
  if (isInternal(state)) return { _tag: 'Yes' }
  const setup = await core.directory.of(workspace)
  const { id: conversation, account, channel, address, contact } = state
  const { sending } = await sendingNow(core, setup, workspace, { account, channel, address, contact, conversation })
  return canSend(state, {
    now: core.clock.now(),
    by: 'agent',
    what: 'words',
    channel: setup.accounts.has(account) ? channelFacts(core.channels.get(channel)) : null,
    ...sending,
  })
}
