import type { Happening } from '../../domain/conversation/entry.ts'
import type { Core } from '../core.ts'
import { currentConversation } from '../redirect.ts'
import type { Telling } from './telling.ts'

/** Asking for a conversation that another application has, or passing it on: it is so when the provider has said yes. */
export const control = (
  core: Core,
  workspace: string,
  conversation: string,
  { ours }: Extract<Happening, { readonly _tag: 'ControlAsked' }>,
): Telling => ({
  standing: async () => {
    const state = await currentConversation(core, workspace, conversation)
    if (state === undefined || state.deleted || (state.elsewhere === null) === ours) return { _tag: 'Nothing' }
    return { _tag: 'ToTell', conversation: state.id, state, signal: { _tag: 'Control', to: state.address, ours } }
  },
  failed: (error) => ({ _tag: 'RefuseControl', ours, error }),
  done: { _tag: 'ChangeControl', ours, by: null },
})
