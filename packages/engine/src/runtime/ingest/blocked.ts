import type { MaybePromise, Receipt, Sender } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { blockOf } from '../blocks.ts'
import { familyOf } from '../contact/family.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { storageFailed } from '../error.ts'
import { noNeeds } from '../view.ts'

/** What somebody who is blocked is answered: the channel has done its part, and nothing is kept. */
export const blocked: Receipt = { _tag: 'Rejected', reason: 'Blocked' }

/** Everybody that an address may be: whose it is, and who went into whom. */
const peopleAt = async (
  core: Core,
  { workspace, account }: Connected,
  address: string,
): Promise<ReadonlyArray<string>> => {
  const identities = [{ workspace, account: account.id, address }]
  const loaded = await Promise.resolve(core.storage.load({ ...noNeeds, identities })).catch((error: unknown) => {
    throw storageFailed(error)
  })
  const contact = loaded.identities[0]?.contact
  if (contact === undefined) return []
  const family = await familyOf(core, workspace, contact)
  return family === undefined ? [contact] : [...family.members.keys()]
}

type Blockable = Pick<Sender, 'address' | 'ip' | 'attributes'>

/**
 * Whether a sender is not heard. Looked at before anything is created, files included; it costs nothing where there are
 * no blocks, and a read only where contacts are blocked.
 */
export const isBlocked = async (core: Core, to: Connected, from: Blockable): Promise<boolean> =>
  isBlockedBy(core, await core.directory.of(to.workspace), to, from)

/** The same by these settings. */
export const isBlockedBy = (core: Core, setup: Setup, to: Connected, from: Blockable): MaybePromise<boolean> =>
  setup.blocks.size > 0 && looked(core, setup, to, from)

const looked = async (core: Core, setup: Setup, to: Connected, from: Blockable): Promise<boolean> => {
  const byContact = [...setup.blocks.values()].some(({ target }) => target._tag === 'Contact')
  const contacts = byContact ? await peopleAt(core, to, from.address) : []
  return blockOf(setup, core.clock.now(), to.account.id, from, contacts) !== null
}
