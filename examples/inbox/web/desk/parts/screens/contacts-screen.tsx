import { useEffect, useState } from 'preact/hooks'
import { shortDate } from '../../../shared/time.ts'
import type { Contact, Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { narrowScreen, openScreen, screen } from '../../state/place.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { nameOf } from '../people/name-of.ts'
import { Portrait } from '../portrait.tsx'
import { ScreenFrame } from './screen.tsx'

const page = 40
const rest = 140

interface Found {
  readonly words: string
  readonly items: ReadonlyArray<Contact>
  readonly next: string | null
}

/** What was found last stands here at once when somebody comes back. */
let kept: Found | null = null

const Row = ({ contact }: { readonly contact: Contact }) => (
  <li>
    <button type="button" class="contact-row" onClick={() => openScreen('contact', { who: contact.id })}>
      <Portrait id={contact.id} name={nameOf(contact)} picture={contact.avatar} size={32} />
      <span class="grow">
        <strong>{nameOf(contact)}</strong>
        <span class="under-line">
          {[...contact.emails, ...contact.phones].join(', ') || p()[`kind_${contact.kind}`]}
          {contact.provisional && ` · ${t().provisional.toLowerCase()}`}
        </span>
      </span>
      <time dateTime={new Date(contact.lastActivity).toISOString()}>{shortDate(contact.lastActivity)}</time>
    </button>
  </li>
)

/** Everybody whom this agent may know of, by words in names, addresses and companies. */
export const ContactsScreen = () => {
  const words = screen.value?.of['words'] ?? ''
  const [found, setFound] = useState<Found | null>(kept)
  const [failure, setFailure] = useState<Failure | null>(null)
  const load = async (after?: string): Promise<void> => {
    const answer = await call('contacts.find', { words, limit: page, ...(after === undefined ? {} : { after }) })
    if ((screen.peek()?.of['words'] ?? '') !== words) return
    setFailure(answer.ok ? null : answer.failure)
    if (!answer.ok) return
    const before = after === undefined ? [] : (found?.items ?? [])
    kept = { words, items: [...before, ...answer.value.items], next: answer.value.next }
    setFound(kept)
  }
  useEffect(() => {
    const timer = setTimeout(() => void load(), found === null ? 0 : rest)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <ScreenFrame name="contacts" title={t().screen_contacts}>
      <input
        type="search"
        class="screen-search"
        aria-label={p().findContact}
        placeholder={p().mergeSearch}
        value={words}
        ref={(box) => {
          if (box !== null && document.activeElement === document.body) box.focus()
        }}
        onInput={(event) => narrowScreen({ words: event.currentTarget.value })}
      />
      {failure !== null && <p class="screen-note">{contactSentence(failure)}</p>}
      {found !== null && found.items.length === 0 && found.words === words && (
        <p class="screen-note">{words === '' ? p().noContacts : p().noContactFound(words)}</p>
      )}
      <ul class="contact-rows">
        {found?.items.map((contact) => (
          <Row key={contact.id} contact={contact} />
        ))}
      </ul>
      {found?.next != null && (
        <button type="button" class="button" onClick={() => void load(found.next ?? undefined)}>
          {p().more}
        </button>
      )}
    </ScreenFrame>
  )
}
