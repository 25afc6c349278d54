import type { InboundFile, InboundPart } from '@guichet/engine/ports'
import type { Attachment, Email } from 'postal-mime'
import { oneLine } from '../address/one-line.ts'
import { embeddedPictures } from '../html/embedded.ts'
import { isWorkable, sanitise } from '../html/sanitise.ts'
import { htmlToText } from '../html/to-text.ts'

/** Text beyond this many characters is cut in the message; the whole of it is a file. */
const maxTextLength = 200_000

const nameByType: Readonly<Record<string, string>> = {
  'message/rfc822': 'message.eml',
  'text/calendar': 'invitation.ics',
  'text/plain': 'text.txt',
  'text/html': 'page.html',
  'message/delivery-status': 'delivery-status.txt',
  'text/rfc822-headers': 'headers.txt',
  'message/disposition-notification': 'disposition.txt',
}

const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/

const mimeOf = (type: string): string => {
  const lower = type.trim().toLowerCase()
  return mimeType.test(lower) ? lower : 'application/octet-stream'
}

const nameOf = (given: string | null, mime: string): string => {
  const name = oneLine(given ?? '', 200).replace(/[/\\]/g, '_')
  if (name !== '') return name
  const subtype = mime.slice(mime.indexOf('/') + 1).replace(/^x-|\+.*$/g, '')
  return (
    nameByType[mime] ?? (/^(?:image|audio|video)\//.test(mime) ? `${mime.split('/', 1)[0]}.${subtype}` : 'attachment')
  )
}

const bytesOf = (content: Attachment['content']): Uint8Array =>
  typeof content === 'string'
    ? new TextEncoder().encode(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content)

const withoutBrackets = (contentId: string): string => oneLine(contentId, 200).replace(/^<|>$/g, '')

/** The Content-IDs that HTML shows, as RFC 2392 writes them in URLs, in lower case. */
const shownIn = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/src="cid:([^"]{1,300})"/gi)].map(([, id = '']) => decoded(id).toLowerCase()))

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const fileOf = (attachment: Attachment, shown: ReadonlySet<string>): InboundFile => {
  const mime = mimeOf(attachment.mimeType)
  const contentId = withoutBrackets(attachment.contentId ?? '')
  return {
    name: nameOf(attachment.filename, mime),
    mime,
    bytes: bytesOf(attachment.content),
    ...(contentId !== '' && shown.has(contentId.toLowerCase()) ? { contentId } : {}),
  }
}

const textFile = (name: string, mime: string, text: string): InboundFile => ({
  name,
  mime,
  bytes: new TextEncoder().encode(text),
})

const cleanText = (text: string): string => text.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trimEnd()

/**
 * What a mail says: its text (that of the HTML when it has none), its HTML made safe, and every file it carries,
 * shown in the HTML or not. Nothing is left out: what is too large to be worked on becomes a file, and who wrote
 * everything into the subject has said it.
 */
export const partsOf = (mail: Email, subject: string): ReadonlyArray<InboundPart> => {
  const { html: given, pictures } = embeddedPictures(mail.html ?? '')
  const workable = isWorkable(given)
  const html = workable ? sanitise(given).trim() : ''
  const plain = cleanText(mail.text ?? '')
  const text = plain.trim() !== '' ? plain : html === '' ? '' : htmlToText(html)
  const cut = text.length > maxTextLength
  const shown = shownIn(html)

  const parts: Array<InboundPart> = []
  if (text.trim() !== '') parts.push({ _tag: 'Text', text: cut ? `${text.slice(0, maxTextLength)}…` : text })
  if (html !== '') parts.push({ _tag: 'Html', html })
  if (cut) parts.push({ _tag: 'File', file: textFile('message.txt', 'text/plain', text) })
  if (!workable) parts.push({ _tag: 'File', file: textFile('message.html', 'text/html', mail.html ?? '') })
  for (const attachment of mail.attachments) parts.push({ _tag: 'File', file: fileOf(attachment, shown) })
  if (workable) for (const file of pictures) parts.push({ _tag: 'File', file })
  return parts.length === 0 && subject !== '' ? [{ _tag: 'Text', text: subject }] : parts
}
