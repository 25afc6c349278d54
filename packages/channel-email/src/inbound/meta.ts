import type { Json } from '@guichet/engine/ports'

/** Somebody in the headers of a mail (RFC 5322 3.4): the address, its domain in lower case, and the name beside it. */
export interface Mailbox {
  readonly address: string
  readonly name?: string
}

/** What an answer needs to know of the mail it answers. Kept beside the message as JSON, read by nobody else. */
export interface MailMeta {
  readonly from: Mailbox
  readonly replyTo: ReadonlyArray<Mailbox>
  readonly to: ReadonlyArray<Mailbox>
  readonly cc: ReadonlyArray<Mailbox>
  readonly messageId: string
  /** The thread so far without this mail, at most 20 ids. */
  readonly references: ReadonlyArray<string>
  readonly envelope: { readonly from: string; readonly to: ReadonlyArray<string> }
  /** A machine wrote it: its recipients are nobody's wish. */
  readonly automatic: boolean
  /** The topmost Authentication-Results header as it came: a hint for people, proof of nothing. */
  readonly authentication?: string
}

const mailboxJson = ({ address, name }: Mailbox): Json => (name === undefined ? { address } : { address, name })

export const metaToJson = (meta: MailMeta): Json => ({
  from: mailboxJson(meta.from),
  replyTo: meta.replyTo.map(mailboxJson),
  to: meta.to.map(mailboxJson),
  cc: meta.cc.map(mailboxJson),
  messageId: meta.messageId,
  references: meta.references,
  envelope: { from: meta.envelope.from, to: meta.envelope.to },
  automatic: meta.automatic,
  ...(meta.authentication === undefined ? {} : { authentication: meta.authentication }),
})

const isRecord = (json: Json | undefined): json is { readonly [key: string]: Json | undefined } =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const textIn = (json: Json | undefined): string => (typeof json === 'string' ? json : '')

const listIn = (json: Json | undefined): ReadonlyArray<Json> => (Array.isArray(json) ? json : [])

const mailboxesIn = (json: Json | undefined): ReadonlyArray<Mailbox> =>
  listIn(json).flatMap((item) => {
    const mailbox = mailboxIn(item)
    return mailbox.address === '' ? [] : [mailbox]
  })

const mailboxIn = (json: Json | undefined): Mailbox => {
  if (!isRecord(json)) return { address: '' }
  const name = textIn(json['name'])
  return name === '' ? { address: textIn(json['address']) } : { address: textIn(json['address']), name }
}

/** Reads back what `metaToJson` wrote. Total: what is missing or strange is empty, as in a store that somebody edited. */
export const metaFromJson = (json: Json | undefined): MailMeta | undefined => {
  if (!isRecord(json)) return undefined
  const envelope = isRecord(json['envelope']) ? json['envelope'] : {}
  return {
    from: mailboxIn(json['from']),
    replyTo: mailboxesIn(json['replyTo']),
    to: mailboxesIn(json['to']),
    cc: mailboxesIn(json['cc']),
    messageId: textIn(json['messageId']),
    references: listIn(json['references'])
      .map(textIn)
      .filter((id) => id !== ''),
    envelope: { from: textIn(envelope['from']), to: listIn(envelope['to']).map(textIn) },
    automatic: json['automatic'] === true,
  }
}
