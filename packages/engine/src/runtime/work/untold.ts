import type { DeliveryStatus } from '../../domain/message/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'

/** What became of a message, as its engine knew, and the store did not hear before the engine was closed. */
export interface Untold extends MessageAddress {
  readonly workspace: string
  readonly status: DeliveryStatus
}
