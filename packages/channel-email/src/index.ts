/**
 * Email for Guichet: inbound SMTP, threads that hold, safe HTML, outbound SMTP.
 *
 * @packageDocumentation
 */
export { email, type EmailChannel, type EmailOptions } from './channel.ts'
export { type Recipients, replyRecipients, type ReplyFacts } from './outbound/recipients.ts'
export type { EmailWire } from './outbound/wire.ts'
export type { Mailbox, MailMeta } from './inbound/meta.ts'
export type { ListenOptions } from './server/server.ts'
export { type EmailSettings, emailSettings, type SmtpSettings } from './settings/settings.ts'
export { sanitise } from './html/sanitise.ts'
