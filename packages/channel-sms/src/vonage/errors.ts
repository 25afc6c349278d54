import { verdicts } from '../send/verdict.ts'

/** `status` of a message in an answer of the SMS API. Source: Vonage, "SMS API: error codes"; npm @vonage/sms, `SMSErrors`. */
export const vonageSendErrors = verdicts({
  throttle: [1, 10],
  uncertain: [5],
  recipient: [7, 29, 33],
  content: [6, 12],
  auth: [4, 14, 32],
  // Barred, without credit, not made for this API, a sender that may not send.
  account: [8, 9, 11, 15],
  refused: [2, 3, 22, 23],
})

/**
 * What stands behind `#` in `type` of an error of the Messages API, and in reports. Source: Vonage, "Messages API: errors",
 * of which no machine-readable copy is published: so nothing here stops an account. What is not here counts by the status
 * of HTTP.
 */
export const vonageMessagesErrors = verdicts({
  throttle: [1000],
  recipient: [1050, 1160, 1170, 1190, 1210, 1250, 1270, 1280, 1290, 1300],
  content: [1040, 1220, 1260],
  window: [1340],
})
