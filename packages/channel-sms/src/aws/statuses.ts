import type { StatusTable } from '../inbound/reported.ts'

/**
 * `eventType` of an event, in lower case. Source: AWS End User Messaging SMS, "Event types"; npm
 * @aws-sdk/client-pinpoint-sms-voice-v2, `EventType`. A pool that has an RCS agent sends by it first.
 */
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
  rcs_queued: null,
  rcs_fallen_back_to_sms: null,
  rcs_sent: 'sent',
  rcs_delivered: 'delivered',
  rcs_read: 'read',
  rcs_failed: 'failed',
  rcs_protect_blocked: 'failed',
  rcs_ttl_expired: 'failed',
}
