import type { StatusTable } from '../inbound/reported.ts'

/** `Status` of a report. Source: Plivo, "Message states". */
export const plivoStatuses: StatusTable = {
  queued: null,
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  rejected: 'failed',
}
