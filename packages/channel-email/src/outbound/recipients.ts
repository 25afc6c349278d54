import { addressKey, writableAddress } from '../address/address.ts'
import { isOwnAddress } from '../address/own.ts'
import type { MailMeta } from '../inbound/meta.ts'

/** RFC 5321 4.5.3.1.8: the number of recipients that every server takes. */
export const maxRecipients = 100

/** What decides who gets an answer. */
export interface ReplyFacts {
  /** The mailbox and its aliases; any of them with a `+detail` is ours as well. */
  readonly own: ReadonlyArray<string>
  /** Whom the conversation is with. */
  readonly contact: string
  /** The mail that is answered. */
  readonly answers?: MailMeta | undefined
  /** Whom the agent adds. */
  readonly cc: ReadonlyArray<string>
}

/** Whom a mail goes to, as bare addresses: at most 100 of them, which every server takes (RFC 5321 4.5.3.1.8). */
export interface Recipients {
  readonly to: ReadonlyArray<string>
  readonly cc: ReadonlyArray<string>
}

/**
 * Who gets an answer: everybody who was in the mail that it answers and whom the agent adds, once each, and never
 * ourselves. To: the Reply-To of the contact's mail unless that is ours, else the contact. Cc: the others of To and
 * Cc, then the agent's. Addresses that cannot be written to are left out; past 100 the last of the others are.
 *
 * The others count only where the contact could see them: in the contact's own mail, or in one that has the contact
 * among its recipients; so a stranger who quotes a thread is sent nothing of it. Nor when we stood in neither To nor
 * Cc: who was copied blindly does not answer to all. A machine's recipients never count.
 *
 * @example
 * ```ts
 * import { replyRecipients } from '@guichet/channel-email'
 *
 * const own = ['help@acme.test']
 * const cc = ['max@example.org', 'MAX@example.org', 'help+42@acme.test']
 * console.log(replyRecipients({ own, contact: 'zoe@example.org', cc }))
 * ```
 *
 * ```text
 * { to: [ 'zoe@example.org' ], cc: [ 'max@example.org' ] }
 * ```
 */
export const replyRecipients = ({ own, contact, answers, cc }: ReplyFacts): Recipients => {
  const addresses = (list: ReadonlyArray<{ readonly address: string }>) => list.map(({ address }) => address)
  const isOurs = (address: string) => isOwnAddress(own, address)
  const isContact = (address: string) => addressKey(address) === addressKey(contact)

  const mail = answers === undefined || answers.automatic ? undefined : answers
  const visible = mail === undefined ? [] : [...addresses(mail.to), ...addresses(mail.cc)]
  const fromContact = mail !== undefined && isContact(mail.from.address)
  const asked = fromContact ? addresses(mail.replyTo).filter((address) => !isOurs(address)) : []
  const sharing = mail !== undefined && (fromContact || visible.some(isContact)) && visible.some(isOurs)
  const others = sharing ? [...(fromContact ? [] : [mail.from.address]), ...visible] : []

  const seen = new Set<string>()
  const take = (list: ReadonlyArray<string>): ReadonlyArray<string> =>
    list.flatMap((given) => {
      const address = writableAddress(given)
      if (address === undefined || isOurs(address) || seen.has(addressKey(address))) return []
      seen.add(addressKey(address))
      return [address]
    })

  const reachable = asked.filter((address) => writableAddress(address) !== undefined)
  const to = take(reachable.length > 0 ? reachable : [contact]).slice(0, maxRecipients)
  const added = take(cc).slice(0, maxRecipients - to.length)
  const rest = take(others.filter((address) => !(reachable.length > 0 && isContact(address))))
  return { to, cc: [...rest.slice(0, maxRecipients - to.length - added.length), ...added] }
}
