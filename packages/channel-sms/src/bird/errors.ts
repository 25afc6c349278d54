import { verdicts } from '../send/verdict.ts'

/** `errors[].code` of the API. Source: MessageBird, "API errors". */
export const birdErrors = verdicts({
  // The access key; an address that is not there, no balance.
  auth: [2],
  account: [20, 25],
  refused: [9, 10, 21],
  uncertain: [99],
})

/** `statusReason` of a report. Source: MessageBird, "SMS status and error codes". */
export const birdReasons = verdicts({ optedOut: ['opted out'] })
