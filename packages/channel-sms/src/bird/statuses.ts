import type { StatusTable } from '../inbound/reported.ts'

/** `status` of a report. Source: MessageBird, "SMS status and error codes". */
export const birdStatuses: StatusTable = {
  scheduled: null,
  buffered: null,
  sent: 'sent',
  delivered: 'delivered',
  expired: 'failed',
  delivery_failed: 'failed',
}
