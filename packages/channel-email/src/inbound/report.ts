import type { InboundEvent } from '@guichet/engine/ports'
import type { Attachment, Email } from 'postal-mime'
import { oneLine } from '../address/one-line.ts'
import { firstIdIn, openMessageId } from '../thread/message-id.ts'
import type { Signer } from '../thread/seal.ts'

const maxRead = 64 * 1024

const textOf = (attachment: Attachment): string => {
  const { content } = attachment
  if (typeof content === 'string') return content.slice(0, maxRead)
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content)
  return new TextDecoder().decode(bytes.subarray(0, maxRead))
}

const field = (text: string, name: RegExp): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .find((line) => name.test(line))
    ?.replace(/^[^:]*:/, '')
    .trim() ?? ''

/** The Message-IDs of the mails that a report is about: from the mail, or its headers, that it returns (RFC 3464 2.1). */
export const reportedIds = (mail: Email): ReadonlyArray<string> =>
  mail.attachments
    .filter(({ mimeType }) => /^(?:message\/(?:rfc822|global)|text\/rfc822-headers)/.test(mimeType))
    .map((returned) => firstIdIn(field(textOf(returned), /^message-id:/i)))
    .filter((id) => id !== '')

/**
 * What a report says of a message that this account really sent: that it failed for good. Only the recipient of a
 * message knows its sealed Message-ID, so nobody else can make it look failed.
 */
export const failedDelivery = (
  signer: Signer,
  mail: Email,
  reported: ReadonlyArray<string>,
): InboundEvent | undefined => {
  const externalId = reported.find((id) => openMessageId(signer, id) !== undefined)
  const status = mail.attachments.find(({ mimeType }) => /^message\/(?:global-)?delivery-status$/.test(mimeType))
  if (externalId === undefined || status === undefined) return undefined
  const report = textOf(status)
  if (field(report, /^action:/i).toLowerCase() !== 'failed') return undefined
  const code = oneLine(field(report, /^status:/i), 20)
  const message = oneLine(field(report, /^diagnostic-code:/i), 300)
  return {
    _tag: 'DeliveryReported',
    externalId,
    status: 'failed',
    error: {
      code: /^5\.\d{1,3}\.\d{1,3}$/.test(code) ? code : 'bounced',
      message: message === '' ? 'the mail came back' : message,
    },
  }
}
