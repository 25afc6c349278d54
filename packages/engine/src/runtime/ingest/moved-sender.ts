import { decodeContact } from '../../codec/contact.ts'
import { addressNow } from '../../domain/contact/former-address.ts'
import type { Sender } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Needs, View } from '../view.ts'

/** Who writes, at the address that hers has become; or what has to be loaded to know what is there. */
type Moved = { readonly from: Sender } | { readonly needs: Needs }

export type MovedSenders = (view: View, to: Connected, from: Sender) => Moved

/**
 * Finds where a sender writes from now, for one decision. An address that somebody else has by now is nobody's new one.
 * What was asked for and is not there is not asked for again.
 */
export const movedSenders = (): MovedSenders => {
  const asked = new Set<string>()
  return (view, { workspace, account }, from) => {
    const identity = view.identity(workspace, account.id, from.address)
    const stored = identity && view.document(workspace, 'contact', identity.contact)
    if (stored === undefined) return { from }
    const address = addressNow(decodeContact(stored).formerAddresses, account.id, from.address)
    if (address === from.address) return { from }
    const there = view.identity(workspace, account.id, address)
    if (there !== undefined || asked.has(address)) {
      return { from: there?.contact === identity?.contact ? { ...from, address } : from }
    }
    asked.add(address)
    return { needs: { identities: [{ workspace, account: account.id, address }] } }
  }
}
