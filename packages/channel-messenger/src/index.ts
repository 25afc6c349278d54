/**
 * Messenger and Instagram for Guichet: webhooks of Meta in, the Send API out.
 *
 * @packageDocumentation
 */
export { instagram, messenger, type MessengerOptions } from './channel.ts'
export { accountsOf } from './inbound/envelope.ts'
export type { FileKind } from './outbound/limits.ts'
export type { MessengerWire, WireContent } from './outbound/wire.ts'
export {
  type InstagramSettings,
  instagramSettings,
  type MessengerSettings,
  messengerSettings,
} from './settings/settings.ts'
