import { verdicts } from '../send/verdict.ts'

/**
 * `errors[].code`, of the API and in reports. Source: Telnyx, "Messaging error codes", of which no machine-readable copy is
 * published: so nothing here stops an account. What is not here counts by the status of HTTP.
 */
export const telnyxErrors = verdicts({
  // Too many requests; the queue is full.
  throttle: [10011, 40011, 40318],
  optedOut: [40300],
  recipient: [40001, 40004, 40008, 40012, 40309, 40310],
  content: [40002, 40003, 40009, 40015, 40017, 40301, 40302, 40304, 40316, 40317, 40322],
})
