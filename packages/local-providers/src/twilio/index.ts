/**
 * Twilio's Programmable Messaging, for one number: what it takes and refuses, and what it posts.
 *
 * @packageDocumentation
 */
export { consentAnswer, type OptOutType, optOutType } from './consent.ts'
export { messagesApi, type MessagesApiHost, type MessagesApiPlace, newSid, type TakenMessage } from './messages-api.ts'
export { incomingForm, type IncomingMessage, signedForm, statusForm } from './webhook.ts'
