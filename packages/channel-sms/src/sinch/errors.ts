import { verdicts } from '../send/verdict.ts'

/** `error.status` of the API, after google.rpc.Code. */
export const sinchErrors = verdicts({
  throttle: ['RESOURCE_EXHAUSTED'],
  uncertain: ['INTERNAL', 'UNKNOWN', 'DEADLINE_EXCEEDED', 'UNAVAILABLE', 'ABORTED', 'CANCELLED', 'DATA_LOSS'],
  auth: ['UNAUTHENTICATED', 'PERMISSION_DENIED'],
  account: ['NOT_FOUND'],
  refused: ['INVALID_ARGUMENT', 'FAILED_PRECONDITION', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'ALREADY_EXISTS'],
})

/** `reason.code` of a delivery report. Source: Sinch, "Conversation API: error codes"; npm @sinch/conversation, `ReasonCode`. */
export const sinchReasons = verdicts({ optedOut: ['RECIPIENT_NOT_OPTED_IN'] })
