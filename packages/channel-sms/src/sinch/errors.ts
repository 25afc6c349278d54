import { verdicts } from '../send/verdict.ts'

/** `error.status` of the API, after google.rpc.Code. */
export const sinchErrors = verdicts({
  throttle: ['RESOURCE_EXHAUSTED'],
  uncertain: ['INTERNAL', 'UNKNOWN', 'DEADLINE_EXCEEDED', 'UNAVAILABLE', 'ABORTED', 'CANCELLED', 'DATA_LOSS'],
  auth: ['UNAUTHENTICATED', 'PERMISSION_DENIED'],
  account: ['NOT_FOUND'],
  refused: ['INVALID_ARGUMENT', 'FAILED_PRECONDITION', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'ALREADY_EXISTS'],
})

/** `reason.code` of a delivery report. Source: Sinch, "Conversation API: error codes". */
export const sinchReasons = verdicts({
  optedOut: ['RECIPIENT_NOT_OPTED_IN', 'RECIPIENT_INVALID_CHANNEL_OPT_IN', 'BLOCKED'],
  recipient: ['RECIPIENT_NOT_REACHABLE', 'RECIPIENT_INVALID_CHANNEL_IDENTITY', 'CHANNEL_REJECT'],
  window: ['OUTSIDE_ALLOWED_SENDING_WINDOW'],
  content: ['CONTENT_NOT_SUPPORTED', 'TEMPLATE_NOT_FOUND', 'CONTENT_MODERATED'],
  account: ['CHANNEL_BAD_CONFIGURATION', 'CHANNEL_CONFIGURATION_MISSING', 'INSUFFICIENT_BALANCE', 'BAD_REQUEST'],
  auth: ['CHANNEL_AUTHENTICATION_FAILURE'],
  again: ['RATE_LIMITED', 'CHANNEL_FAILURE', 'INTERNAL_ERROR'],
  refused: ['UNKNOWN', 'EXPIRED'],
})
