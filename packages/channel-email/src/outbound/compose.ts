import type { FileRef } from '@guichet/engine/ports'
import type { SendMailOptions } from 'nodemailer'
import { oneLine } from '../address/one-line.ts'
import type { EmailWire } from './wire.ts'

const mime = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/i
const contentId = /^[!-;=?-~]{1,200}$/

/** A file that travels: its bytes are handed over, never a path or a URL that the library would open. */
const attachment = (file: FileRef, bytes: Uint8Array) => ({
  filename: oneLine(file.name, 200) || 'file',
  contentType: mime.test(file.mime) ? file.mime : 'application/octet-stream',
  content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ...(file.contentId !== undefined && contentId.test(file.contentId)
    ? { cid: file.contentId, contentDisposition: 'inline' as const }
    : { contentDisposition: 'attachment' as const }),
})

/** The mail as nodemailer takes it. Addresses go in as parts, so that nothing is parsed a second time. */
export const compose = (wire: EmailWire, bytes: ReadonlyArray<Uint8Array>): SendMailOptions => ({
  envelope: { from: wire.envelope.from, to: [...wire.envelope.to] },
  from: wire.from,
  to: [...wire.to],
  cc: wire.cc.map((address) => ({ name: '', address })),
  ...(wire.replyTo === null ? {} : { replyTo: { name: wire.from.name, address: wire.replyTo } }),
  subject: wire.subject,
  messageId: `<${wire.messageId}>`,
  ...(wire.inReplyTo === null ? {} : { inReplyTo: `<${wire.inReplyTo}>` }),
  ...(wire.references.length === 0 ? {} : { references: wire.references.map((id) => `<${id}>`) }),
  date: new Date(Number.isFinite(wire.date) ? wire.date : 0),
  headers: { ...wire.headers },
  // A mail of files alone has an empty text, for readers that show nothing but text.
  text: wire.text === '' ? '\n' : wire.text,
  ...(wire.html === null ? {} : { html: wire.html }),
  attachments: wire.attachments.map((file, index) => attachment(file, bytes[index] ?? new Uint8Array())),
  disableFileAccess: true,
  disableUrlAccess: true,
})
