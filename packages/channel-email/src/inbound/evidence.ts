import type { Evidence } from '@guichet/engine/ports'
import { idsIn, openMessageId } from '../thread/message-id.ts'
import { tokensIn } from '../thread/reply-token.ts'
import type { Signer } from '../thread/seal.ts'
import type { Headers } from './headers.ts'

/** Everywhere mail systems write whom a mail was for, in the order in which they are to be trusted. */
const recipientHeaders = [
  'to',
  'cc',
  'bcc',
  'delivered-to',
  'x-original-to',
  'x-forwarded-to',
  'x-envelope-to',
  'envelope-to',
  'resent-to',
  'resent-cc',
]

const maxExternalIds = 50

export interface ThreadHeaders {
  readonly headers: Headers
  readonly envelopeTo: ReadonlyArray<string>
  /** Ids found inside a delivery report: of the mail that could not be delivered. */
  readonly reported: ReadonlyArray<string>
}

/**
 * Why a mail belongs to a conversation, strongest first: a reply token among its recipients, one in its References,
 * a Message-ID that this account sealed, and then the ids that the store may know, nearest first. Who cannot sign
 * cannot claim: a token or Message-ID with a wrong seal is not there at all.
 */
export const evidenceOf = (
  signer: Signer,
  { headers, envelopeTo, reported }: ThreadHeaders,
): ReadonlyArray<Evidence> => {
  const values = (name: string) => headers.get(name) ?? []
  const recipients = [...envelopeTo, ...recipientHeaders.flatMap(values)].join('\n')
  const quoted = [...values('in-reply-to'), ...values('references')].join('\n')
  const answered = values('in-reply-to').flatMap(idsIn)
  const thread = values('references').flatMap(idsIn).toReversed()
  const ids = [...new Set([...answered, ...thread, ...reported])]

  const conversations = new Set([...tokensIn(signer, recipients), ...tokensIn(signer, quoted)])
  for (const id of ids.slice(0, maxExternalIds)) {
    const ours = openMessageId(signer, id)
    if (ours !== undefined) conversations.add(ours.conversation)
  }
  return [
    ...[...conversations].map((conversation): Evidence => ({ by: 'token', conversation })),
    ...ids.slice(0, maxExternalIds).map((externalId): Evidence => ({ by: 'externalId', externalId })),
  ]
}
