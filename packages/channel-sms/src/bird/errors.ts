import { verdicts } from '../send/verdict.ts'

/** `errors[].code` of the API. Source: MessageBird, "API errors". */
export const birdErrors = verdicts({
  auth: [2],
  account: [20, 25],
  refused: [9, 10, 21],
  uncertain: [99],
})

/** `statusReason` of a report. Source: MessageBird, "SMS status and error codes". */
export const birdReasons = verdicts({
  optedOut: ['opted out'],
  recipient: ['incorrect number', 'unknown subscriber', 'unavailable subscriber'],
  account: ['insufficient balance'],
  again: ['capacity limit reached', 'received network error'],
  content: ['carrier rejected'],
  refused: ['expired', 'generic delivery failure'],
})
