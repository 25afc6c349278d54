import type { ContactView } from '@guichet/engine'
import { dateAndTime, fullDate } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { CopyFact, Fact } from './fact.tsx'
import { countryName, currencyName, languageName, timeIn } from './named.ts'

const isWeb = (address: string): boolean => /^https?:\/\//.test(address)

const Link = ({ href, text = href }: { readonly href: string; readonly text?: string }) =>
  isWeb(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  ) : (
    <>{text}</>
  )

/** Where she came from: what the channel says, else the page before the shop's. */
const sourceOf = ({ attributes }: ContactView): string | undefined => attributes['source'] ?? attributes['referrer']

/** Who it is and from where; what is not known takes no room. */
export const ContactFacts = ({ contact, current }: { readonly contact: ContactView; readonly current?: Summary }) => {
  const { attributes } = contact
  const zone = contact.timeZone ?? attributes['timezone']
  const page = attributes['page']
  const source = sourceOf(contact)
  const known = new Set(contact.emails)
  return (
    <dl>
      {contact.emails.map((email) => (
        <CopyFact key={email} label={t().email} value={email} />
      ))}
      {current?.channel === 'email' && !known.has(current.contact.address) && (
        <CopyFact label={t().email} value={current.contact.address} />
      )}
      {contact.phones.map((phone) => (
        <CopyFact key={phone} label={t().phone} value={phone} />
      ))}
      <Fact label={p().language}>{languageName(contact.language)}</Fact>
      <Fact label={p().localTime}>{timeIn(zone)}</Fact>
      <Fact label={p().country}>{countryName(contact.country)}</Fact>
      <Fact label={p().place}>{attributes['place']}</Fact>
      <Fact label={p().currency}>{currencyName(contact.currency)}</Fact>
      <Fact label={p().record}>
        {contact.recordUrl !== null && <Link href={contact.recordUrl} text={p().openRecord} />}
      </Fact>
      <Fact label={p().kind}>{p()[`kind_${contact.kind}`]}</Fact>
      <Fact label={p().source}>{source === undefined ? null : <Link href={source} />}</Fact>
      <Fact label={p().page}>
        {page === undefined ? null : <Link href={page} text={attributes['pageTitle'] ?? page} />}
      </Fact>
      <Fact label={p().browser}>{attributes['browser']}</Fact>
      <Fact label={p().os}>{attributes['os']}</Fact>
      <CopyFact label={p().ip} value={attributes['ip']} />
      <Fact label={p().created}>{fullDate(contact.createdAt)}</Fact>
      <Fact label={p().lastActivity}>{dateAndTime(contact.lastActivity)}</Fact>
      <CopyFact label={p().contactId} value={contact.id} />
      {current !== undefined && <CopyFact label={p().conversationId} value={current.id} />}
    </dl>
  )
}
