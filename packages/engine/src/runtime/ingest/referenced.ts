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

/** Finds the message of one reference, for one decision. */
export interface ReferenceFinder {
  /** Where it was when it was sent: looked at first, and nearly always where it is. */
  readonly needs: NonNullable<Needs['deliveries']>
  readonly in: (view: View) => Referenced
}

const unknown: Referenced = { _tag: 'Unknown' }

/**
 * Finds a message by reference where it has been moved to since. A reference that is no key of this workspace, or of a
 * message of another account, tells nothing. What was asked for and is not there does not exist.
 */
export const referenceFinder = ({ workspace, account }: Connected, reference: string | undefined): ReferenceFinder => {
  const key = reference === undefined ? undefined : readSendKey(reference)
  if (key === undefined || key.workspace !== workspace) return { needs: [], in: () => unknown }
  const placeOf = ({ conversation, seq }: MessageAddress): string => JSON.stringify([conversation, seq])
  const asked = new Set([placeOf(key)])
  return {
    needs: [{ workspace, conversation: key.conversation, seq: key.seq }],
    in: (view) => {
      const passed = new Set<string>()
      for (let at: MessageAddress = key; ; ) {
        const { conversation, seq } = at
        const stored = view.delivery(workspace, conversation, seq)
        const place = placeOf(at)
        if (stored === undefined) {
          if (asked.has(place)) return unknown
          asked.add(place)
          return { _tag: 'Needs', needs: { deliveries: [{ workspace, conversation, seq }] } }
        }
        const { movedTo } = decodeDelivery(stored)
        if (movedTo === undefined || passed.has(place)) {
          return stored.account === account.id ? { _tag: 'Found', stored, piece: key.piece } : unknown
        }
        passed.add(place)
        at = movedTo
      }
    },
  }
}
