/**
 * SMS and MMS for Guichet: one channel a provider, with what they have in common: how texts become parts, which words end
 * a consent, how numbers are compared.
 *
 * @packageDocumentation
 */
export type { PublicLink } from './channel/public-link.ts'
export type { SmsWire } from './channel/render.ts'
export type { SmsChannel } from './channel/sms-channel.ts'
export { type ConsentWord, consentWord } from './consent/keywords.ts'
export { type NumberReading, numberOf, type PhoneNumber } from './number/number.ts'
export { type Segmentation, segmentsOf } from './text/segments.ts'
export { aws, type AwsOptions } from './aws/channel.ts'
export { type AwsSettings, awsSettings } from './aws/settings.ts'
export { bird, type BirdOptions } from './bird/channel.ts'
export { type BirdSettings, birdSettings } from './bird/settings.ts'
export { plivo, type PlivoOptions } from './plivo/channel.ts'
export { type PlivoSettings, plivoSettings } from './plivo/settings.ts'
export { sinch, type SinchOptions } from './sinch/channel.ts'
export { type SinchSettings, sinchSettings } from './sinch/settings.ts'
export { smpp, type SmppOptions } from './smpp/channel.ts'
export { type SmppSettings, smppSettings } from './smpp/settings.ts'
export type { SmppWire } from './smpp/wire.ts'
export { telnyx, type TelnyxOptions } from './telnyx/channel.ts'
export { type TelnyxSettings, telnyxSettings } from './telnyx/settings.ts'
export { twilio, type TwilioOptions } from './twilio/channel.ts'
export { type TwilioSettings, twilioSettings } from './twilio/settings.ts'
export { vonage, type VonageOptions } from './vonage/channel.ts'
export { type VonageSettings, type VonageSignature, vonageSettings } from './vonage/settings.ts'
