import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import { newContact } from '../../domain/contact/fields.ts'
import { learnt } from '../../domain/contact/learnt.ts'
import type { Sender } from '../../ports/channel.ts'
import type { StoredDocument, StoredIdentity } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { View } from '../view.ts'

/** Somebody whom nobody knows yet: an agent adds, answers or ignores her. */
const provisional = (core: Core, from: Sender): Contact =>
  newContact(
    core.ids.next(),
    {
      name: from.name ?? null,
      provisional: true,
      emails: from.email === undefined ? [] : [from.email],
      phones: from.phone === undefined ? [] : [from.phone],
      language: from.language ?? null,
      attributes: from.attributes ?? {},
    },
    core.clock.now(),
  )

/** Who writes: the identity as it was, whose it is, and what of the contact is to be written with the message. */
export interface Known {
  readonly identity: StoredIdentity | undefined
  readonly contact: string
  readonly documents: ReadonlyArray<StoredDocument>
}

/** What of the contact is to be written: nothing, read or not, where the sender tells nothing that is news. */
const learning = (stored: StoredDocument, { name, language, attributes }: Sender): ReadonlyArray<StoredDocument> => {
  if (name === undefined && language === undefined && attributes === undefined) return []
  const contact = decodeContact(stored)
  const after = learnt(contact, { name, language, attributes })
  return after === contact ? [] : [encodeContact(after, stored.version + 1, linesOf(stored))]
}

export const know = (core: Core, view: View, to: Connected, from: Sender): Known => {
  const identity = view.identity(to.workspace, to.account.id, from.address)
  if (identity !== undefined) {
    const stored = view.document(to.workspace, 'contact', identity.contact)
    return { identity, contact: identity.contact, documents: stored === undefined ? [] : learning(stored, from) }
  }
  const contact = provisional(core, from)
  return { identity, contact: contact.id, documents: [encodeContact(contact, 1, 0)] }
}

/**
 * The identity as it is after the message: on channels that thread by contact it points at the conversation. One that
 * begins writes it in any case: whoever forgets the contact at the same moment, elsewhere, is noticed.
 */
export const identityAfter = (
  to: Connected,
  from: Sender,
  known: Known,
  conversation: string,
  begins: boolean,
): ReadonlyArray<StoredIdentity> => {
  const { identity, contact } = known
  const points = to.channel.capabilities.threading === 'contact' ? conversation : null
  const verified = from.verified === true || identity?.verified === true
  if (!begins && identity !== undefined && identity.conversation === points && identity.verified === verified) return []
  const version = (identity?.version ?? 0) + 1
  return [{ account: to.account.id, address: from.address, contact, conversation: points, verified, version }]
}
