import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { plus } from '../keys.ts'
import { type Needs, makeView, noNeeds } from '../view.ts'
import { type Recipient, type SendingFacts, sendingFinder } from './sending-facts.ts'

/** A conversation and what stands in the way of writing in it, as they are at one moment. */
export const sendingNow = async (
  core: Core,
  setup: Setup,
  workspace: string,
  { conversation, ...to }: Recipient & { readonly conversation: string },
): Promise<{ readonly state: Conversation | undefined; readonly sending: SendingFacts }> => {
  const finder = sendingFinder(core, setup, workspace)
  let needs: Needs = { conversations: [{ workspace, id: conversation }] }
  for (;;) {
    const view = makeView(await core.storage.load({ ...noNeeds, ...needs }))
    const looked = finder.in(view, to)
    if (!('needs' in looked))
      return { state: view.conversation(workspace, conversation), sending: looked.sending ?? {} }
    needs = plus(needs, looked.needs)
  }
}
