import type { ContactView } from '@guichet/engine'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime, fullDate } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { asked } from '../../state/asked.ts'
import { useContact } from '../../state/contacts.ts'
import { learn } from '../../state/conversations.ts'
import { openScreen } from '../../state/place.ts'
import { open } from '../../state/thread.ts'
import { agentShort, queueName, setup } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { channelIcon } from '../channel-mark.ts'
import { channelName } from '../../words/channel-name.ts'
import { Blocking } from '../details/blocking.tsx'
import { ContactPart } from '../details/body.tsx'
import { Company } from '../details/company.tsx'
import { Identities } from '../details/identities.tsx'
import { Merges } from '../details/merges.tsx'
import { Privacy } from '../details/privacy.tsx'
import { Remarks } from '../details/remarks.tsx'
import { UnknownSender } from '../details/unknown.tsx'
import { nameOf } from '../people/name-of.ts'
import { Portrait } from '../portrait.tsx'
import { Tag } from '../tag.tsx'
import { ScreenFrame } from './screen.tsx'

interface Past {
  readonly items: ReadonlyArray<Summary>
  readonly next: string | null
}

const Conversation = ({ one }: { readonly one: Summary }) => (
  <li>
    <button type="button" class="history-row" onClick={() => void open(one.id)}>
      <Icon name={channelIcon(one.channel)} />
      <span class="grow">
        <strong>{one.title ?? one.subject ?? one.preview ?? t().noSubject}</strong>
        <span class="under-line">
          {[
            channelName(one.channel),
            queueName(one.queue),
            one.owner === null ? null : agentShort(one.owner),
            t()[`status_${one.status}`],
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {one.tags.length > 0 && (
          <span class="tag-chips">
            {one.tags.map((tag) => (
              <Tag key={tag} id={tag} />
            ))}
          </span>
        )}
      </span>
      <time dateTime={new Date(one.lastActivity).toISOString()}>{dateAndTime(one.lastActivity)}</time>
    </button>
  </li>
)

/** A first word by any of the accounts that reach this contact. */
const WriteBy = ({ contact }: { readonly contact: ContactView }) => {
  const reaching = (setup.value?.accounts ?? []).filter(
    ({ id, channel }) =>
      contact.identities.some(({ account }) => account === id) || (channel === 'email' && contact.emails.length > 0),
  )
  return (
    <div class="button-row">
      {reaching.map(({ id, channel }) => (
        <button
          key={id}
          type="button"
          class="button small"
          onClick={() => {
            asked.value = {
              _tag: 'NewConversation',
              to: { contact: contact.id, name: nameOf(contact), account: id },
            }
          }}
        >
          <Icon name={channelIcon(channel)} size={14} />
          {p().writeBy(channelName(channel))}
        </button>
      ))}
    </div>
  )
}

/** Every conversation with this contact: all channels, agents and departments that the agent may see. */
const History = ({ id, version }: { readonly id: string; readonly version: number }) => {
  const [past, setPast] = useState<Past | null>(null)
  const load = async (after?: string) => {
    const answer = await call('contacts.history', id, { limit: 30, ...(after === undefined ? {} : { after }) })
    if (!answer.ok) return
    learn(answer.value.items)
    const before = after === undefined ? [] : (past?.items ?? [])
    setPast({ items: [...before, ...answer.value.items], next: answer.value.next })
  }
  useEffect(() => void load(), [id, version])
  return (
    <section class="history" aria-labelledby="history-title">
      <h2 id="history-title">{p().history}</h2>
      <p class="under-line">{p().historyHint}</p>
      {past !== null && past.items.length === 0 && <p class="screen-note">{p().noHistory}</p>}
      <ul>
        {past?.items.map((one) => (
          <Conversation key={one.id} one={one} />
        ))}
      </ul>
      {past?.next != null && (
        <button type="button" class="button" onClick={() => void load(past.next ?? undefined)}>
          {p().more}
        </button>
      )}
    </section>
  )
}

/** A contact with everything that is known and was ever said. */
export const ContactScreen = ({ id }: { readonly id: string }) => {
  const contact = useContact(id)
  if (contact === undefined) return <ScreenFrame name="contact" title={t().screen_contact} children={null} />
  if (contact === null) {
    return (
      <ScreenFrame name="contact" title={t().screen_contact}>
        <p class="screen-note">{p().contactGone}</p>
        <button type="button" class="button" onClick={() => openScreen('contacts')}>
          {t().screen_contacts}
        </button>
      </ScreenFrame>
    )
  }
  const name = nameOf(contact)
  return (
    <ScreenFrame name="contact" title={name}>
      <div class="contact-columns">
        <div class="contact-card">
          <h2 class="sr">{t().details}</h2>
          <div class="who">
            <Portrait id={contact.id} name={name} picture={contact.avatar} size={56} />
            <p>
              {contact.provisional ? t().provisional : p()[`kind_${contact.kind}`]} ·{' '}
              {t().since(fullDate(contact.createdAt))}
            </p>
          </div>
          <WriteBy contact={contact} />
          <UnknownSender contact={contact} />
          <ContactPart contact={contact} />
          <Remarks contact={contact} />
          <Company contact={contact} />
          <Identities contact={contact} />
          <Blocking contact={contact} />
          <Merges contact={contact} />
          <Privacy contact={contact} />
        </div>
        <History id={contact.id} version={contact.merged.length + contact.lastActivity} />
      </div>
    </ScreenFrame>
  )
}
