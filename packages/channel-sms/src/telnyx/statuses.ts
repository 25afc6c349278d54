import type { StatusTable } from '../inbound/reported.ts'

/** `to[].status` of a message. Source: Telnyx, "Messages: receiving webhooks"; npm telnyx 7.24, `OutboundMessagePayload`. */
export const telnyxStatuses: StatusTable = {
  scheduled: null,
  queued: null,
  sending: null,
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // The carrier does not say; it has left.
  delivery_unconfirmed: 'sent',
  sending_failed: 'failed',
  delivery_failed: 'failed',
  expired: 'failed',
  cancelled: 'failed',
  gw_timeout: 'failed',
  dlr_timeout: 'sent',
}
