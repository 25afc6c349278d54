import type { StatusTable } from '../inbound/reported.ts'

/** `to[].status` of a message. Source: Telnyx, "Messages: receiving webhooks". */
export const telnyxStatuses: StatusTable = {
  queued: null,
  sending: null,
  sent: 'sent',
  delivered: 'delivered',
  // The carrier does not say; it has left.
  delivery_unconfirmed: 'sent',
  sending_failed: 'failed',
  delivery_failed: 'failed',
  expired: 'failed',
  gw_timeout: 'failed',
  dlr_timeout: 'sent',
}
