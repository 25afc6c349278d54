import { verdicts } from '../send/verdict.ts'

/** Codes of the API and of `ErrorCode`. Source: Twilio, "Error and warning dictionary". */
export const twilioErrors = verdicts({
  // Too many requests, a queue that is full, a daily limit: the account sends too much.
  throttle: [20429, 14107, 21611, 30001, 30022, 30023, 63018],
  again: [20500, 20503, 30003, 30008, 30017],
  // The provider of the carrier did not answer, or a part is missing: it may have arrived.
  uncertain: [30009, 30410],
  optedOut: [21610],
  // No number, one that cannot be reached, a landline, one that takes no files.
  recipient: [21211, 21217, 21265, 21612, 21614, 30004, 30005, 30006, 30011, 63003, 63024],
  content: [21602, 21617, 21620, 21623, 30007, 30019],
  window: [63016],
  auth: [20003, 63001],
  // A sender that may not send, a country or a number that is not allowed, no registration.
  account: [20404, 21408, 21606, 21608, 21659, 21660, 30002, 30024, 30032, 30034],
  // It waited for too long.
  refused: [30036],
})

/** The limit of a day is looked at again every hour: Twilio does not say when the day ends. */
export const twilioPauses: Readonly<Record<string, number>> = { 30023: 3_600_000 }
