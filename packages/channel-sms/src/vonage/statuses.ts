import type { StatusTable } from '../inbound/reported.ts'

/** `status` of both APIs. Source: Vonage, "Delivery receipts" and "Message status". */
export const vonageStatuses: StatusTable = {
  // SMS API
  accepted: 'sent',
  buffered: null,
  delivered: 'delivered',
  expired: 'failed',
  failed: 'failed',
  unknown: null,
  // Messages API, and both
  submitted: 'sent',
  rejected: 'failed',
  undeliverable: 'failed',
  read: 'read',
}
