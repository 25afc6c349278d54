import type { ContactView } from '@guichet/engine'
import { useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime, now, span } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { may } from '../../state/permissions.ts'
import { catchUp, threadOf } from '../../state/thread.ts'
import { accountName, agentName } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { channelName } from '../../words/channel-name.ts'
import '../../style/people.css'
import { Attributes } from './attributes.tsx'
import { Blocking } from './blocking.tsx'
import { Bots } from './bots.tsx'
import { Company } from './company.tsx'
import { ContactFacts } from './contact-facts.tsx'
import { ContactForm } from './contact-form.tsx'
import { Fact } from './fact.tsx'
import { Identities } from './identities.tsx'
import { Merges } from './merges.tsx'
import { Notes } from './notes.tsx'
import { Others } from './others.tsx'
import { Placing } from './placing.tsx'
import { Privacy } from './privacy.tsx'
import { Remarks } from './remarks.tsx'
import { Section } from './section.tsx'
import { Tags } from './tags.tsx'
import { UnknownSender } from './unknown.tsx'

/** Who it is: facts, or the form that changes them. */
export const ContactPart = ({ contact, current }: { readonly contact: ContactView; readonly current?: Summary }) => {
  const [editing, setEditing] = useState(false)
  const edit = may('editContacts') && !editing && (
    <button
      type="button"
      class="icon-button small"
      aria-label={p().editContact}
      title={p().editContact}
      onClick={() => setEditing(true)}
    >
      <Icon name="pencil" size={14} />
    </button>
  )
  return (
    <>
      <Section id="contact" title={t().screen_contact} act={edit}>
        {editing ? (
          <ContactForm key={contact.id} contact={contact} onDone={() => setEditing(false)} />
        ) : (
          <ContactFacts contact={contact} {...(current === undefined ? {} : { current })} />
        )}
      </Section>
      <Attributes
        on="contact"
        values={contact.custom}
        editable={may('editContacts')}
        save={async (id, value) => {
          const answer = await call('contacts.edit', contact.id, { custom: { [id]: value } })
          if (answer.ok) await contactChanged(contact.id)
          return answer
        }}
      />
    </>
  )
}

const ConversationPart = ({ current }: { readonly current: Summary }) => {
  const waits = current.waitingSince
  const { participants, full } = threadOf(current.id)
  return (
    <>
      <Section id="conversation" title={t().conversation}>
        <dl>
          <Fact label={t().waitingSince}>{waits === null ? null : span(Math.max(0, now.value - waits))}</Fact>
          <Fact label={t().owner}>{current.owner === null ? t().nobody : agentName(current.owner)}</Fact>
          <Placing current={current} />
          <Fact label={t().channel}>{channelName(current.channel)}</Fact>
          <Fact label={t().account}>{accountName(current.account)}</Fact>
          <Fact label={t().subject}>{current.subject}</Fact>
          <Fact label={t().participants}>{participants.map(agentName).join(', ')}</Fact>
          <Fact label={t().statusLabel}>{t()[`status_${current.status}`]}</Fact>
          <Fact label={t().snoozedUntil}>
            {current.status === 'pending' && current.snoozedUntil !== null ? dateAndTime(current.snoozedUntil) : null}
          </Fact>
        </dl>
      </Section>
      <Attributes
        on="conversation"
        values={full?.attributes ?? {}}
        editable
        save={async (id, value) => {
          const answer = await call('conversations.setAttributes', current.id, { attributes: { [id]: value } })
          if (answer.ok) await catchUp(current.id)
          return answer
        }}
      />
    </>
  )
}

/** Everything about a conversation and who it is with, in the order in which it is asked for. */
export const DetailsBody = ({
  current,
  contact,
}: {
  readonly current: Summary
  readonly contact: ContactView | null
}) => (
  <>
    {contact !== null && <UnknownSender key={contact.id} contact={contact} />}
    {contact !== null && <ContactPart key={contact.id} contact={contact} current={current} />}
    <ConversationPart current={current} />
    <Tags current={current} />
    <Bots current={current} />
    <Notes current={current} />
    {contact !== null && <Remarks key={contact.id} contact={contact} />}
    <Others current={current} contact={contact} />
    {contact !== null && (
      <>
        <Company contact={contact} />
        <Identities contact={contact} />
        <Blocking contact={contact} />
        <Merges contact={contact} />
        <Privacy contact={contact} />
      </>
    )}
  </>
)
