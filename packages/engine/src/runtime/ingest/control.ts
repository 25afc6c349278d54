import { system } from '../../domain/actor.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

type ControlChanged = Extract<InboundEvent, { readonly _tag: 'ControlChanged' }>

/** Another application has been given the conversation that is active at an address, or has given it back. */
export const applyControl = async (core: Core, to: Connected, event: ControlChanged): Promise<Receipt> => {
  const state = await activeAt(core, to, event.address)
  if (state === undefined) return { _tag: 'Ignored', reason: 'no conversation' }
  const { ours, by = null } = event
  const command = { _tag: 'ChangeControl', ours, by } as const
  await execute(core, { workspace: to.workspace, conversation: state.id, actor: system, command })
  return { _tag: 'Applied' }
}
