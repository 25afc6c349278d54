import type { Receipt } from '@guichet/engine/ports'
import { assert } from '../../assert.ts'

/** Insists that an event was stored. */
export const stored = (receipt: Receipt | undefined): Extract<Receipt, { readonly _tag: 'Stored' }> => {
  assert(receipt?._tag === 'Stored', `not stored: ${JSON.stringify(receipt)}`)
  return receipt
}

/** What the same message is answered when it comes again. */
export const duplicateOf = (receipt: Receipt | undefined): Receipt => {
  const { conversation, seq } = stored(receipt)
  return { _tag: 'Duplicate', conversation, seq }
}
