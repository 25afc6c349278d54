import { filesOf, isRich, plainOf, textOf, writtenOut } from '@guichet/engine/domain'
import type { ChannelAccount, OutboundMessage, Part, Rendered } from '@guichet/engine/ports'
import { addressKey, splitAddress, writableAddress } from '../address/address.ts'
import { oneLine } from '../address/one-line.ts'
import { isOwnAddress, ownAddresses } from '../address/own.ts'
import { isWorkable, sanitise, textAsHtml } from '../html/sanitise.ts'
import { htmlToText } from '../html/to-text.ts'
import { metaFromJson } from '../inbound/meta.ts'
import type { EmailSettings } from '../settings/settings.ts'
import { loopHeader, loopMark } from '../thread/loop.ts'
import { messageId } from '../thread/message-id.ts'
import { trimReferences } from '../thread/references.ts'
import { replyAddress } from '../thread/reply-token.ts'
import { signerOf } from '../thread/signer.ts'
import { replySubject } from '../thread/subject.ts'
import { maxRecipients, replyRecipients } from './recipients.ts'
import { richHtml } from './rich-html.ts'
import type { EmailWire } from './wire.ts'

const maxSubject = 500
const maxName = 200

/** One mail for one message. What could break out of a field is neutralised; an address that could is refused. */
export const renderMail = (message: OutboundMessage, account: ChannelAccount<EmailSettings>): Rendered<EmailWire> => {
  const { settings } = account
  const own = ownAddresses(settings)
  const signer = signerOf(account)
  const contact = writableAddress(message.to)
  if (contact === undefined || isOwnAddress(own, contact)) return { _tag: 'Unsupported', feature: 'recipient address' }
  if (message.cc.some((address) => writableAddress(address) === undefined))
    return { _tag: 'Unsupported', feature: 'cc address' }
  if (message.cc.length >= maxRecipients)
    return { _tag: 'Unsupported', feature: `more than ${maxRecipients} recipients` }

  if (message.parts.some((part) => part._tag === 'Html' && !isWorkable(part.html)))
    return { _tag: 'Unsupported', feature: 'html of this size' }

  const body = bodyOf(message)
  const attachments = filesOf(message.parts)
  if (body.text === '' && attachments.length === 0) return { _tag: 'Unsupported', feature: 'empty message' }

  const meta = metaFromJson(message.answers?.meta)
  const { to, cc } = replyRecipients({ own, contact, answers: meta, cc: message.cc })
  const id = messageId(
    signer,
    settings.domain ?? splitAddress(settings.address).domain,
    message.conversation,
    message.seq,
  )
  const answered =
    [message.answers?.externalId, meta?.messageId]
      .map((value) => headerId(value ?? ''))
      .find((value) => value !== '') ?? ''
  const parent = headerId(message.quote?.externalId ?? '') || answered
  const subject = oneLine(message.subject ?? message.answers?.subject ?? '', maxSubject)
  const wire: EmailWire = {
    envelope: { from: settings.address, to: [...to, ...cc] },
    from: { name: fromName(message, settings), address: settings.address },
    to: to.map((address) => ({
      name: addressKey(address) === addressKey(contact) ? oneLine(message.toName ?? '', maxName) : '',
      address,
    })),
    cc,
    replyTo: ownBox(own, message.replyTo) ?? replyAddress(own, signer, message.conversation) ?? null,
    subject: message.answers === undefined ? subject : replySubject(subject),
    messageId: id,
    inReplyTo: parent === '' ? null : parent,
    references: trimReferences(
      [...(meta?.references ?? []).map(headerId), answered, parent].filter((value) => value !== ''),
    ),
    date: message.sentAt,
    headers: { [loopHeader]: loopMark(signer) },
    text: body.text,
    html: body.html,
    attachments,
  }
  return { _tag: 'Rendered', wires: [wire], externalIds: [id] }
}

/** The box that an agent wants her answers in: they go there and nowhere else. One of ours is none: it has a token. */
const ownBox = (own: ReadonlyArray<string>, replyTo: string | undefined): string | undefined => {
  const address = replyTo === undefined ? undefined : writableAddress(replyTo)
  return address === undefined || isOwnAddress(own, address) ? undefined : address
}

const fromName = (message: OutboundMessage, settings: EmailSettings): string =>
  [message.authorName ?? '', settings.name ?? '']
    .map((name) => oneLine(name, maxName))
    .filter((name) => name !== '')
    .join(' · ')

/** Somebody else's id as a header may carry it: one word of printable ASCII; '' for any other. */
const headerId = (id: string): string => (/^[!-;=?-~]{1,900}$/.test(id) ? id : '')

const bodyOf = (message: OutboundMessage): { readonly text: string; readonly html: string | null } => {
  const rich = htmlOf(message.parts)
  const text = plainOfAll(message.parts)
  const quoted = message.quote === undefined ? '' : tidy(quotedText(message.quote.parts))
  if (quoted === '') return { text, html: rich === '' ? null : rich }
  return {
    text: `${text}\n\n${quoted
      .split('\n')
      .map((line) => (line === '' ? '>' : `> ${line}`))
      .join('\n')}`,
    html: rich === '' ? null : `${rich}\n<blockquote type="cite">${textAsHtml(quoted)}</blockquote>`,
  }
}

/** In words alone: what is offered stands apart from what is said. */
const plainOfAll = (parts: ReadonlyArray<Part>): string => {
  const said =
    tidy(textOf(parts)) ||
    parts.flatMap((part) => (part._tag === 'Html' ? [htmlToText(sanitise(part.html))] : [])).join('\n')
  return [said, ...parts.filter(isRich).map((part) => tidy(plainOf(part)))].filter((text) => text !== '').join('\n\n')
}

/**
 * The HTML of a message; '' when there is nothing but words. Where its words come without HTML of their own, they stand
 * beside what is offered, each in its place.
 */
const htmlOf = (parts: ReadonlyArray<Part>): string => {
  if (!parts.some((part) => part._tag === 'Html' || isRich(part))) return ''
  const hasHtml = parts.some((part) => part._tag === 'Html')
  const pieces = parts.flatMap((part): ReadonlyArray<string> => {
    if (part._tag === 'Html') return [sanitise(part.html)]
    if (part._tag === 'Text') return hasHtml ? [] : [textAsHtml(tidy(part.text))]
    // What was put together here passes the same look as what comes from outside.
    return part._tag === 'File' ? [] : [sanitise(richHtml(part))]
  })
  return pieces.join('\n')
}

const quotedText = (parts: ReadonlyArray<Part>): string =>
  textOf(writtenOut(parts, [])) ||
  parts
    .flatMap((part) => (part._tag === 'Html' && isWorkable(part.html) ? [htmlToText(sanitise(part.html))] : []))
    .join('\n')

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').replace(controls, '').trimEnd()
