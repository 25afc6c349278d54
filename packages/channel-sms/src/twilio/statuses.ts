import type { StatusTable } from '../inbound/reported.ts'

/** `MessageStatus`. Source: Twilio, "Outbound message statuses". */
export const twilioStatuses: StatusTable = {
  accepted: null,
  scheduled: null,
  queued: null,
  sending: null,
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
  receiving: null,
  received: null,
}
