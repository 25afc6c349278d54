import { verdicts } from '../send/verdict.ts'

/** `Reason` of an exception, else its type. Source: AWS End User Messaging SMS API, "SendTextMessage: errors". */
export const awsErrors = verdicts({
  throttle: ['ThrottlingException', 'TooManyRequestsException'],
  uncertain: ['InternalServerException', 'ServiceUnavailable'],
  optedOut: ['DESTINATION_PHONE_NUMBER_OPTED_OUT'],
  recipient: [
    'DESTINATION_PHONE_NUMBER_NOT_VERIFIED',
    'DESTINATION_COUNTRY_BLOCKED',
    'DESTINATION_PHONE_NUMBER_INVALID',
  ],
  content: ['INVALID_MESSAGE_BODY', 'MESSAGE_BODY_TOO_LONG'],
  auth: [
    'AccessDeniedException',
    'ExpiredTokenException',
    'InvalidSignatureException',
    'UnrecognizedClientException',
    'MissingAuthenticationTokenException',
  ],
  account: [
    'ResourceNotFoundException',
    'ServiceQuotaExceededException',
    'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT',
    'ACCOUNT_DISABLED',
  ],
  refused: ['ValidationException', 'ConflictException'],
})

/** `eventType` of an event that failed, in upper case. */
export const awsReasons = verdicts({
  recipient: ['TEXT_INVALID', 'TEXT_UNREACHABLE', 'TEXT_CARRIER_UNREACHABLE', 'TEXT_BLOCKED', 'TEXT_PROTECT_BLOCKED'],
  content: ['TEXT_SPAM', 'TEXT_INVALID_MESSAGE', 'TEXT_CARRIER_BLOCKED'],
  refused: ['TEXT_TTL_EXPIRED'],
})
