import { shown } from '../domain/shape.ts'
import { decodeContact } from '../codec/contact.ts'
import type { Account } from '../domain/account.ts'
import { can } from '../domain/access/permissions.ts'
import { phoneNumber } from '../domain/contact/fields.ts'
import type { Contact } from '../domain/contact/contact.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { ChannelCapabilities } from '../ports/channel.ts'
import { kinOf } from './contact/family.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import { type Viewer, sightOf } from './read/viewer.ts'
import { noNeeds } from './view.ts'

/** Where somebody can be written to on one account. */

/** A known contact, or an address with the name that goes with it. */
export type Recipient = { readonly contact: string } | { readonly address: string; readonly name?: string }

type Reached =
  /** `contacts` are those whose address it may be; none when whoever it belongs to is meant. */
  | { readonly _tag: 'At'; readonly address: string; readonly contacts: ReadonlyArray<string> }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

type AddressedBy = ChannelCapabilities['addressedBy']

/** One mailbox and nothing else: what could be read as a name, a list or a route is none (RFC 5322 3.4.1). */
const mailbox = /^([^\s@<>"(),:;\\[\]\p{C}]{1,64})@([\p{L}\p{M}\p{N}.-]{1,253})$/u

const email = (text: string): string | null => {
  const match = mailbox.exec(text)
  if (match === null || text.length > 254) return null
  try {
    // The domain as DNS knows it, which is how channels name senders.
    const { hostname } = new URL(`http://${match[2] ?? ''}`)
    return `${match[1] ?? ''}@${hostname}`
  } catch {
    return null
  }
}

/** E.164: a number that begins with its country. */
const phone = (text: string): string | null => {
  const number = phoneNumber(text)
  return number !== null && /^\+[1-9]\d{5,14}$/.test(number) ? number : null
}

/** An address as the channel has it for those who write; null when it is none. */
export const addressFor = (addressedBy: AddressedBy, text: string): string | null => {
  const trimmed = text.trim()
  switch (addressedBy) {
    case 'email':
      return email(trimmed)
    case 'phone':
      return phone(trimmed)
    case undefined:
      return trimmed === '' ? null : trimmed
  }
}

const shapes = { email: 'an address such as zoe@example.org', phone: 'a number such as +33612345678' } as const

const refuse = (refusal: Refusal): Reached => ({ _tag: 'Refused', refusal })

/** Whom an agent may not see does not exist for her. */
const mayKnow = async (core: Core, setup: Setup, viewer: Viewer, contacts: ReadonlyArray<string>): Promise<boolean> => {
  const agent = setup.agents.get(viewer.agent)
  if (agent !== undefined && can(agent, 'editContacts')) return true
  const { workspace } = viewer
  const visibility = sightOf(setup, viewer)
  return (await core.storage.list({ workspace, visibility, filter: { contacts }, reader: null, limit: 1 })).length > 0
}

const contactAt = async (core: Core, workspace: string, id: string): Promise<Contact | undefined> => {
  const { documents } = await core.storage.load({ ...noNeeds, documents: [{ workspace, kind: 'contact', id }] })
  const contact = documents[0] && decodeContact(documents[0])
  return contact?.mergedInto == null ? contact : contactAt(core, workspace, contact.mergedInto)
}

/** Of several addresses on one account, the one that is certainly hers, then the one at which she is being talked to. */
const best = <A extends { readonly verified: boolean; readonly conversation: string | null }>(
  identities: ReadonlyArray<A>,
): A | undefined =>
  identities.find((one) => one.verified) ?? identities.find((one) => one.conversation !== null) ?? identities[0]

const reachContact = async (
  core: Core,
  setup: Setup,
  viewer: Viewer,
  account: Account,
  addressedBy: AddressedBy,
  id: string,
): Promise<Reached> => {
  const contact = await contactAt(core, viewer.workspace, id)
  const contacts = contact === undefined ? [] : await kinOf(core, viewer.workspace, [contact.id])
  if (contact === undefined || !(await mayKnow(core, setup, viewer, contacts))) {
    return refuse({ _tag: 'UnknownContact', contact: id })
  }
  const identities = await core.storage.identitiesOf(viewer.workspace, contacts)
  const identity = best(identities.filter((one) => one.account === account.id))
  if (identity !== undefined) return { _tag: 'At', address: identity.address, contacts }
  const details = addressedBy === 'email' ? contact.emails : addressedBy === 'phone' ? contact.phones : []
  const [address] = details.flatMap((text) => addressFor(addressedBy, text) ?? [])
  return address === undefined
    ? refuse({ _tag: 'NotReachable', account: account.id })
    : { _tag: 'At', address, contacts }
}

/** Finds the address; refuses whom this agent may not know, and what is no address of this channel. */
export const reach = async (
  core: Core,
  setup: Setup,
  viewer: Viewer,
  account: Account,
  addressedBy: AddressedBy,
  to: Recipient,
): Promise<Reached> => {
  if (typeof to !== 'object' || to === null) {
    return refuse({ _tag: 'Invalid', what: 'to', issues: ['to: { contact } or { address }'] })
  }
  if ('contact' in to) return reachContact(core, setup, viewer, account, addressedBy, to.contact)
  const address = typeof to.address === 'string' ? addressFor(addressedBy, to.address) : null
  if (address !== null) return { _tag: 'At', address, contacts: [] }
  const shape = addressedBy === undefined ? 'an address' : shapes[addressedBy]
  return refuse({ _tag: 'Invalid', what: 'to', issues: [`to.address: ${shown(to.address)} is not ${shape}`] })
}
