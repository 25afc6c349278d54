import { verdicts } from '../send/verdict.ts'

/** `ErrorCode` of a report. Source: Plivo, "Messaging error codes". Its API refuses by the status of HTTP alone. */
export const plivoErrors = verdicts({ optedOut: [200] })
