/**
 * The Cloud API of WhatsApp, for one number: what it takes and refuses, and what it notifies.
 *
 * @packageDocumentation
 */
export { cloudApi, type CloudApiHost, type CloudApiPlace, newWamid, type TakenMessage, type Told } from './cloud-api.ts'
export { contentOf, type WhatsAppContent } from './content.ts'
export { inboundMessage, type InboundFile, inboundReaction } from './inbound.ts'
export { issuesOf } from './message-rules.ts'
export { messagesChange, statusOf, webhookOf, type Number } from './webhook.ts'
export { templateText, type MessageTemplate } from './templates.ts'
export { signedNotification } from '../graph/notification.ts'
