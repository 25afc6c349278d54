import type { StatusTable } from '../inbound/reported.ts'

/** `message_delivery_report.status`. Source: Sinch, "Conversation API: message delivery receipts". */
export const sinchStatuses: StatusTable = {
  queued: null,
  queued_on_channel: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  switching_channel: null,
}
