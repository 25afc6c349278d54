import { useEffect, useState } from 'preact/hooks'
import { Avatar } from '../../shared/avatar.tsx'
import { Icon } from '../../shared/icon.tsx'
import { dateAndTime, now, shortDate, span } from '../../shared/time.ts'
import { ask, type Contact, type ConversationPage, type Summary } from '../api.ts'
import { act } from '../state/acts.ts'
import { displayName, learn } from '../state/conversations.ts'
import { openMenu } from '../state/menus.ts'
import { detailsShown } from '../state/place.ts'
import { open, threadOf } from '../state/thread.ts'
import { toast } from '../state/toasts.ts'
import { accountName, agentName, queueName } from '../state/workspace.ts'
import { t } from '../words/t.ts'

const Fact = ({ label, value }: { readonly label: string; readonly value: string | null | undefined }) =>
  value === null || value === undefined || value === '' ? null : (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )

/** An address that a click copies. */
const CopyFact = ({ label, value }: { readonly label: string; readonly value: string | undefined }) =>
  value === undefined ? null : (
    <div class="fact">
      <dt>{label}</dt>
      <dd>
        <button
          type="button"
          class="copy"
          title={t().copy(value)}
          onClick={async () => {
            await navigator.clipboard.writeText(value)
            toast(t().copied)
          }}
        >
          {value}
        </button>
      </dd>
    </div>
  )

const attributes = ['page', 'referrer', 'browser', 'os', 'timezone', 'ip'] as const

const languageName = (tag: string | null, shown: string): string | null => {
  if (tag === null) return null
  try {
    return new Intl.DisplayNames(shown, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

const Tags = ({ current }: { readonly current: Summary }) => (
  <section class="details-part">
    <h3>{t().tags}</h3>
    <div class="chips">
      {current.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          class={`tag chip ${tag.toLowerCase() === 'vip' ? 'vip' : ''}`}
          aria-label={t().removeTag(tag)}
          title={t().removeTag(tag)}
          onClick={() => void act('untag', current.id, { tags: [tag] })}
        >
          {tag}
          <Icon name="close" size={12} />
        </button>
      ))}
      <button
        type="button"
        class="chip add"
        data-menu="tag"
        aria-haspopup="dialog"
        aria-keyshortcuts="l"
        onClick={(event) => openMenu('tag', current.id, event.currentTarget)}
      >
        <Icon name="plus" size={12} />
        {t().addTag}
      </button>
    </div>
  </section>
)

const Others = ({ current }: { readonly current: Summary }) => {
  const [others, setOthers] = useState<ReadonlyArray<Summary>>([])
  const contact = current.contact.id
  useEffect(() => {
    let stale = false
    setOthers([])
    void ask<ConversationPage>('/api/conversations', { tab: 'all', contact, limit: 20 }).then((answer) => {
      if (stale || !answer.ok) return
      learn(answer.value.items)
      setOthers(answer.value.items)
    })
    return () => {
      stale = true
    }
  }, [contact])
  const rest = others.filter(({ id }) => id !== current.id)
  if (rest.length === 0) return null
  return (
    <section class="details-part">
      <h3>{t().otherConversations(rest.length)}</h3>
      <ul class="others">
        {rest.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => void open(one.id)}>
              <time dateTime={new Date(one.lastActivity).toISOString()}>{shortDate(one.lastActivity)}</time>
              <span>
                {one.subject ?? one.preview ?? t().noSubject} · {t()[`status_${one.status}`].toLowerCase()}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const Details = ({ current }: { readonly current: Summary }) => {
  const [contact, setContact] = useState<Contact | null>(null)
  const id = current.contact.id
  useEffect(() => {
    let stale = false
    setContact((before) => (before?.id === id ? before : null))
    void ask<Contact>(`/api/contacts/${encodeURIComponent(id)}`).then((answer) => {
      if (!stale && answer.ok) setContact(answer.value)
    })
    return () => {
      stale = true
    }
  }, [id, current.contact.name])
  const name = displayName(current)
  const waits = current.status === 'open' && current.lastMessage?.by === 'contact'
  const { participants } = threadOf(current.id)
  return (
    <aside class={`details ${detailsShown.value ? 'shown' : ''}`} aria-label={t().details}>
      <button
        type="button"
        class="icon-button close-details"
        aria-label={t().closeDetails}
        onClick={() => {
          detailsShown.value = false
        }}
      >
        <Icon name="close" />
      </button>
      <div class="who">
        <Avatar id={id} name={name} size={44} />
        <div>
          <h2>{name}</h2>
          <p>
            {contact === null ? '' : contact.provisional ? t().provisional : t().customer}
            {contact !== null && ` · ${t().since(shortDate(contact.createdAt))}`}
          </p>
        </div>
      </div>
      <dl class="details-part">
        {contact?.emails.map((email) => (
          <CopyFact key={email} label={t().email} value={email} />
        ))}
        {contact?.phones.map((phone) => (
          <CopyFact key={phone} label={t().phone} value={phone} />
        ))}
        {current.channel === 'email' && contact?.emails.length === 0 && (
          <CopyFact label={t().email} value={current.contact.address} />
        )}
        <Fact label={t().language} value={languageName(contact?.language ?? null, document.documentElement.lang)} />
        {attributes.map((one) => (
          <Fact key={one} label={t()[`attribute_${one}`]} value={contact?.attributes[one]} />
        ))}
      </dl>
      <section class="details-part">
        <h3>{t().conversation}</h3>
        <dl>
          <Fact label={t().channel} value={current.channel === 'email' ? t().channel_email : t().channel_livechat} />
          <Fact label={t().account} value={accountName(current.account)} />
          <Fact label={t().subject} value={current.subject} />
          <Fact label={t().queue} value={queueName(current.queue)} />
          <Fact label={t().owner} value={current.owner === null ? t().nobody : agentName(current.owner)} />
          <Fact label={t().participants} value={participants.map(agentName).join(', ')} />
          <Fact label={t().statusLabel} value={t()[`status_${current.status}`]} />
          <Fact label={t().waitingSince} value={waits ? span(Math.max(0, now.value - current.lastActivity)) : null} />
          <Fact
            label={t().snoozedUntil}
            value={
              current.status === 'pending' && current.snoozedUntil !== null ? dateAndTime(current.snoozedUntil) : null
            }
          />
        </dl>
      </section>
      <Tags current={current} />
      <Others current={current} />
    </aside>
  )
}
