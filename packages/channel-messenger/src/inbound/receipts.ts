import { idAt, listAt, timeAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt } from './address.ts'
import type { ReadKind } from './read-kind.ts'
import { timeOf } from './told.ts'

type Status = 'delivered' | 'read'

/** Messages by their ids, and all that Meta took up to a time of its own clock. */
const receipts = (event: unknown, body: unknown, status: Status, mids: ReadonlyArray<string>) => {
  const address = addressAt(event, 'sender')
  const watermark = timeAt(body, 'watermark')
  if (mids.length === 0 && (address === undefined || watermark === undefined)) return undefined
  const at = watermark ?? timeOf(event).at
  const each = mids.map(
    (externalId): InboundEvent => ({
      _tag: 'DeliveryReported',
      externalId,
      status,
      ...(at === undefined ? {} : { at }),
    }),
  )
  if (address === undefined || watermark === undefined) return each
  return [...each, { _tag: 'ReadBefore', address, upTo: watermark, status } as const]
}

/** What has arrived at the customer: ids where Meta says them, and everything before a time. */
export const readDelivery: ReadKind = (event, body) =>
  receipts(
    event,
    body,
    'delivered',
    listAt(body, 'mids').flatMap((mid) => idAt({ mid }, 'mid') ?? []),
  )

/** What the customer has seen: by time on Messenger, by message on Instagram. */
export const readSeen: ReadKind = (event, body) => {
  const mid = idAt(body, 'mid')
  return receipts(event, body, 'read', mid === undefined ? [] : [mid])
}
