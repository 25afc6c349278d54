import { decodeDelivery } from '../../codec/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import { readSendKey } from '../../domain/message/send-key.ts'
import type { StoredDelivery } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Needs, View } from '../view.ts'

/** One of our messages, by the key that it was sent with, which a provider has given back. */
export type Referenced =
  | { readonly _tag: 'Found'; readonly stored: StoredDelivery; readonly piece: number }
  | { readonly _tag: 'Unknown' }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

export type ReferenceFinder = (view: View, to: Connected, reference: string | undefined) => Referenced

const unknown: Referenced = { _tag: 'Unknown' }

/**
 * Finds messages by reference for one decision, where they have been moved to since. A reference that is no key of this
 * workspace, or of a message of another account, tells nothing. What was asked for and is not there does not exist.
 */
export const referenceFinder = (): ReferenceFinder => {
  const asked = new Set<string>()
  return (view, { workspace, account }, reference) => {
    const key = reference === undefined ? undefined : readSendKey(reference)
    if (key === undefined || key.workspace !== workspace) return unknown
    const passed = new Set<string>()
    for (let at: MessageAddress = key; ; ) {
      const stored = view.delivery(workspace, at.conversation, at.seq)
      const place = JSON.stringify([at.conversation, at.seq])
      if (stored === undefined) {
        if (asked.has(place)) return unknown
        asked.add(place)
        return { _tag: 'Needs', needs: { deliveries: [{ workspace, conversation: at.conversation, seq: at.seq }] } }
      }
      const { movedTo } = decodeDelivery(stored)
      if (movedTo === undefined || passed.has(place)) {
        return stored.account === account.id ? { _tag: 'Found', stored, piece: key.piece } : unknown
      }
      passed.add(place)
      at = movedTo
    }
  }
}
