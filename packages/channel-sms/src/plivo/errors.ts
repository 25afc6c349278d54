import { verdicts } from '../send/verdict.ts'

/** `ErrorCode` of a report. Source: Plivo, "Messaging error codes". Its API refuses by the status of HTTP alone. */
export const plivoErrors = verdicts({
  optedOut: [200],
  recipient: [50, 70, 80, 90, 450],
  content: [10, 30, 100],
  account: [40, 451, 900, 910],
  again: [20, 300],
  refused: [60, 110, 420, 1000],
})
