import { verdicts } from '../send/verdict.ts'

/**
 * `Reason` of an exception where it is here, else its type. Source: AWS End User Messaging SMS API, "SendTextMessage: errors";
 * npm @aws-sdk/client-pinpoint-sms-voice-v2, its `…ExceptionReason`.
 */
export const awsErrors = verdicts({
  throttle: ['ThrottlingException'],
  uncertain: ['InternalServerException'],
  optedOut: ['DESTINATION_PHONE_NUMBER_OPTED_OUT'],
  recipient: [
    'DESTINATION_PHONE_NUMBER_NOT_VERIFIED',
    'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
    'DESTINATION_COUNTRY_BLOCKED',
    'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
    'COUNTRY_NOT_ENABLED',
    'INTERNATIONAL_SENDING_NOT_SUPPORTED',
    'INVALID_IDENTITY_FOR_DESTINATION_COUNTRY',
  ],
  content: ['MAXIMUM_SIZE_EXCEEDED'],
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
    'INSUFFICIENT_ACCOUNT_REPUTATION',
    'NO_ORIGINATION_IDENTITIES_FOUND',
    'CHANNEL_NOT_ENABLED',
    'RESOURCE_NOT_ACTIVE',
  ],
  refused: ['ValidationException', 'ConflictException'],
})
