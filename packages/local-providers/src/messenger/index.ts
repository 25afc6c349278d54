/**
 * The Messenger Platform, for one page or Instagram account: what its Send API takes and refuses, and what it notifies.
 *
 * @packageDocumentation
 */
export {
  newMid,
  sendApi,
  type SendApiHost,
  type SendApiPlace,
  type TakenMessage,
} from './send-api.ts'
export { contentOf, type MessengerContent } from './content.ts'
export {
  deliveryOf,
  echoOf,
  messageOf,
  notificationOf,
  type PageFile,
  postbackOf,
  reactionOf,
  readOf,
} from './events.ts'
export type { ActionBody, ControlBody } from './beside-rules.ts'
export { type SendBody, sendFailure, type SendRules } from './send-rules.ts'
export { signedNotification } from '../graph/notification.ts'
