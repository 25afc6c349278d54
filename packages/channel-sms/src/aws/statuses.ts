import type { StatusTable } from '../inbound/reported.ts'

/** `eventType` of an event, in lower case. Source: AWS End User Messaging SMS, "Event types". */
export const awsStatuses: StatusTable = {
  text_queued: null,
  text_pending: null,
  text_unknown: null,
  text_sent: 'sent',
  text_successful: 'sent',
  text_delivered: 'delivered',
  text_blocked: 'failed',
  text_carrier_blocked: 'failed',
  text_carrier_unreachable: 'failed',
  text_invalid: 'failed',
  text_invalid_message: 'failed',
  text_protect_blocked: 'failed',
  text_spam: 'failed',
  text_ttl_expired: 'failed',
  text_unreachable: 'failed',
}
