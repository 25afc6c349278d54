import type { ChannelAccount, InboundEvent, Sender, WireRequest } from '@guichet/engine/ports'
import { type Address, addressParser, type Email } from 'postal-mime'
import { normalAddress } from '../address/address.ts'
import { oneLine } from '../address/one-line.ts'
import { isOwnAddress, ownAddresses } from '../address/own.ts'
import type { EmailSettings } from '../settings/settings.ts'
import { loopHeader, loopMark } from '../thread/loop.ts'
import { firstIdIn, idsIn, openMessageId } from '../thread/message-id.ts'
import { trimReferences } from '../thread/references.ts'
import { signerOf } from '../thread/signer.ts'
import { automaticOf } from './automatic.ts'
import { partsOf } from './body.ts'
import { evidenceOf } from './evidence.ts'
import { header, headersOf, type Headers } from './headers.ts'
import { type MailMeta, type Mailbox, metaToJson } from './meta.ts'
import { readMime } from './mime.ts'
import { failedDelivery, reportedIds } from './report.ts'

/** The envelope of RFC 5321, as headers of the request: it is not in the mail, and says more than the mail does. */
export const envelopeFromHeader = 'x-envelope-from'
export const envelopeToHeader = 'x-envelope-to'

const maxName = 200
const maxSubject = 500
/** Recipients that an answer may ever go to; more are not kept. */
const maxMailboxes = 200

/** One mail, as raw bytes, is one message, our own echo, or unreadable. Never throws, whatever the bytes are. */
export const parseMail = async (
  request: WireRequest,
  account: ChannelAccount<EmailSettings>,
): Promise<ReadonlyArray<InboundEvent>> => {
  const unreadable = (reason: string): ReadonlyArray<InboundEvent> => [
    { _tag: 'Unreadable', reason, raw: request.body },
  ]
  if (request.body.byteLength === 0) return unreadable('the mail is empty')
  const mime = await readMime(request.body)
  if (mime._tag !== 'Mail') return unreadable(mime.reason)
  try {
    return eventsOf(mime.mail, request, account)
  } catch (error) {
    // The libraries below are fed with whatever strangers write. Whatever they make of it, the bytes are kept.
    return unreadable(error instanceof Error ? error.message : 'the mail could not be understood')
  }
}

const eventsOf = (
  mail: Email,
  request: WireRequest,
  account: ChannelAccount<EmailSettings>,
): ReadonlyArray<InboundEvent> => {
  const signer = signerOf(account)
  const own = ownAddresses(account.settings)
  const headers = headersOf(mail)
  const envelopeFrom = request.headers[envelopeFromHeader]
  const envelopeTo = (request.headers[envelopeToHeader] ?? '')
    .split(',')
    .map((to) => to.trim())
    .filter((to) => to !== '')

  const messageId = firstIdIn(header(headers, 'message-id'))
  const replyTo = mailboxes(mail.replyTo)
  const author = authorOf(mail, headers, envelopeFrom, own, replyTo)
  if (author === undefined) {
    return [{ _tag: 'Unreadable', reason: 'nothing says who wrote it', raw: request.body }]
  }
  if (openMessageId(signer, messageId) !== undefined) return [{ _tag: 'Ignored', reason: 'our own message' }]
  const fromUs = isOwnAddress(own, author.address)
  const looped = (headers.get(loopHeader) ?? []).some((mark) => mark.trim() === loopMark(signer))
  if (fromUs) return [{ _tag: 'Ignored', reason: looped ? 'our own message' : 'sent by the mailbox itself' }]

  const automatic =
    automaticOf({
      headers,
      envelopeFrom,
      from: author.address,
      files: mail.attachments.map(({ mimeType }) => mimeType.toLowerCase()),
      onBehalf: replyTo.some(({ address }) => address.toLowerCase() !== author.address.toLowerCase()),
    }) ?? (looped ? 'notification' : undefined)
  const reported = automatic === 'bounce' ? reportedIds(mail) : []
  const sentAt = timeOf(header(headers, 'date'))
  const subject = oneLine(mail.subject ?? '', maxSubject)
  const meta = metaOf({
    mail,
    headers,
    author,
    replyTo,
    messageId,
    envelopeFrom,
    envelopeTo,
    automatic: automatic !== undefined,
  })
  const failed = automatic === 'bounce' ? failedDelivery(signer, mail, reported) : undefined
  return [
    {
      _tag: 'MessageReceived',
      externalId: messageId,
      from: senderOf(author),
      parts: partsOf(mail, subject),
      evidence: evidenceOf(signer, { headers, envelopeTo, reported }),
      meta: metaToJson(meta),
      ...(sentAt === undefined ? {} : { sentAt }),
      ...(subject === '' ? {} : { subject }),
      ...(automatic === undefined ? {} : { automatic }),
    },
    ...(failed === undefined ? [] : [failed]),
  ]
}

/** RFC 5322 3.2.2: comments and space may stand around any piece of an address. */
const withoutComments = (address: string): string => {
  if (!/[\s(]/.test(address)) return address
  let depth = 0
  let kept = ''
  for (const character of address) {
    if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0) kept += character
  }
  return kept.replace(/ ?([@.]) ?/g, '$1').trim()
}

const flat = (addresses: ReadonlyArray<Address> | undefined): ReadonlyArray<{ name: string; address: string }> =>
  (addresses ?? []).flatMap((address) => address.group ?? [{ name: address.name, address: address.address ?? '' }])

const mailbox = ({ name, address }: { readonly name: string; readonly address: string }): Mailbox | undefined => {
  const normal = normalAddress(withoutComments(oneLine(address, 320)))
  const at = normal.lastIndexOf('@')
  if (at < 1 || at === normal.length - 1) return undefined
  const shown = oneLine(name, maxName)
  return shown === '' ? { address: normal } : { address: normal, name: shown }
}

const mailboxes = (addresses: ReadonlyArray<Address> | undefined): ReadonlyArray<Mailbox> =>
  flat(addresses)
    .slice(0, maxMailboxes)
    .flatMap((address) => mailbox(address) ?? [])

const bouncing = /^(?:bounces?|srs[01]|prvs)[+=\-_]/i

/** Groups that pass mail on write their own address into From, and here whose mail it was. */
const original = (headers: Headers): ReadonlyArray<Mailbox> =>
  ['x-original-from', 'x-original-sender']
    .flatMap((name) => mailboxes(addressParser(header(headers, name).slice(0, 1_000))))
    .filter(({ address }) => !bouncing.test(address))

/**
 * Who wrote it: From, or what stands in for it when it is missing or broken. When that is ourselves, a group or a form
 * of ours wrote for somebody. Only then: whoever could name another sender beside a From of his own would get around
 * everything that checks the From.
 */
const authorOf = (
  mail: Email,
  headers: Headers,
  envelopeFrom: string | undefined,
  own: ReadonlyArray<string>,
  replyTo: ReadonlyArray<Mailbox>,
): Mailbox | undefined => {
  const [first] = [
    ...mailboxes([mail.from, mail.sender].flatMap((address) => address ?? [])),
    ...replyTo,
    ...[envelopeFrom ?? '', mail.returnPath ?? ''].flatMap((address) => mailbox({ name: '', address }) ?? []),
  ]
  if (first === undefined) return envelopeFrom === '' ? { address: 'mailer-daemon@invalid' } : undefined
  if (!isOwnAddress(own, first.address)) return first
  return [...original(headers), ...replyTo].find(({ address }) => !isOwnAddress(own, address)) ?? first
}

const senderOf = ({ address, name }: Mailbox): Sender => ({
  address,
  email: address,
  ...(name === undefined ? {} : { name }),
})

const timeOf = (date: string): number | undefined => {
  const time = Date.parse(date.slice(0, 200))
  return Number.isFinite(time) && time > 0 ? time : undefined
}

const metaOf = (of: {
  readonly mail: Email
  readonly headers: Headers
  readonly author: Mailbox
  readonly replyTo: ReadonlyArray<Mailbox>
  readonly messageId: string
  readonly envelopeFrom: string | undefined
  readonly envelopeTo: ReadonlyArray<string>
  readonly automatic: boolean
}): MailMeta => {
  const references = (of.headers.get('references') ?? []).flatMap(idsIn)
  const answered = (of.headers.get('in-reply-to') ?? []).flatMap(idsIn)
  const authentication = oneLine(header(of.headers, 'authentication-results'), 500)
  return {
    from: of.author,
    replyTo: of.replyTo,
    to: mailboxes(of.mail.to),
    cc: mailboxes(of.mail.cc),
    messageId: of.messageId,
    // RFC 5322 3.6.4: a mail without References is answered with its In-Reply-To, when that is one id.
    references: trimReferences(references.length > 0 ? references : answered.slice(0, 1)),
    envelope: { from: of.envelopeFrom ?? '', to: of.envelopeTo },
    automatic: of.automatic,
    ...(authentication === '' ? {} : { authentication }),
  }
}
