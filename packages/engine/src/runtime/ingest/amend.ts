import type { Actor } from '../../domain/actor.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { StoredExternal } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import type { Execution } from '../execution.ts'
import { blocked, isBlocked } from './blocked.ts'
import { dropFiles, storeFiles } from './files.ts'
import { type Handled, type Parkable, parking } from './park.ts'

type Ended = Extract<InboundEvent, { readonly _tag: 'Ended' }>

const applied: Receipt = { _tag: 'Applied' }

interface Found {
  readonly external: StoredExternal
  readonly contact: string
  readonly address: string
  /** Addresses that take part there. */
  readonly known: ReadonlyArray<string>
}

/** The message that a change is about. One that is not there yet is waited for, decided in the same breath. */
const findOrPark = async (core: Core, to: Connected, event: Parkable): Promise<Found | undefined> => {
  const { workspace, account } = to
  const { value } = await core.committer.submit<Found | undefined>({
    workspace,
    needs: { externals: [{ workspace, account: account.id, externalId: event.externalId }] },
    decide: (view) => {
      const external = view.external(workspace, account.id, event.externalId)
      if (external === undefined) return { _tag: 'Decided', value: undefined, changes: parking(core, to, event) }
      const state = view.conversation(workspace, external.conversation)
      const { contact = '', address = '', known = [] } = state ?? {}
      return { _tag: 'Decided', value: { external, contact, address, known }, changes: { workspace } }
    },
  })
  return value
}

const asContact = async (
  core: Core,
  to: Connected,
  conversation: string,
  contact: string,
  command: Execution['command'],
): Promise<Receipt> => {
  const actor: Actor = { kind: 'contact', id: contact }
  const done = await execute(core, { workspace: to.workspace, conversation, actor, command })
  if (done._tag === 'Done' || done.refusal._tag === 'NothingToDo') return applied
  return { _tag: 'Rejected', reason: done.refusal._tag }
}

export const applyEdit = async (
  core: Core,
  to: Connected,
  event: Extract<Parkable, { readonly _tag: 'MessageEdited' }>,
): Promise<Handled> => {
  const found = await findOrPark(core, to, event)
  if (found === undefined) return 'parked'
  // What was said before a block stays as it was said.
  if (await isBlocked(core, to, { address: found.address })) return blocked
  const source = `${to.account.id}\n${event.externalId}\nedit ${core.clock.now()}`
  const parts = await storeFiles(core, to, source, event.parts)
  const { conversation, seq } = found.external
  const receipt = await asContact(core, to, conversation, found.contact, { _tag: 'EditMessage', message: seq, parts })
  if (receipt._tag === 'Rejected') await dropFiles(core, to.workspace, parts)
  return receipt
}

export const applyDeletion = async (
  core: Core,
  to: Connected,
  event: Extract<Parkable, { readonly _tag: 'MessageDeleted' }>,
): Promise<Handled> => {
  const found = await findOrPark(core, to, event)
  if (found === undefined) return 'parked'
  const { conversation, seq } = found.external
  return asContact(core, to, conversation, found.contact, { _tag: 'DeleteMessage', message: seq })
}

/** Only who takes part is taken for the contact: a sign of somebody else is not put in anybody's mouth. */
export const applyReaction = async (
  core: Core,
  to: Connected,
  event: Extract<Parkable, { readonly _tag: 'Reacted' }>,
): Promise<Handled> => {
  const found = await findOrPark(core, to, event)
  if (found === undefined) return 'parked'
  if (await isBlocked(core, to, { address: event.from })) return blocked
  if (!found.known.includes(event.from)) return { _tag: 'Ignored', reason: 'a reaction of somebody else' }
  const { conversation, seq } = found.external
  return asContact(core, to, conversation, found.contact, { _tag: 'React', message: seq, emoji: event.emoji })
}

/** The contact ends the conversation that is active at its address. */
export const end = async (core: Core, to: Connected, event: Ended): Promise<Receipt> => {
  const state = await activeAt(core, to, event.address)
  if (state === undefined) return { _tag: 'Ignored', reason: 'no conversation' }
  // It may have begun elsewhere, as that of a contact that this address belongs to by now.
  return asContact(core, to, state.id, state.contact, { _tag: 'Close' })
}
