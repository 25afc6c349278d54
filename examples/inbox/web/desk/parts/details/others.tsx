import type { ContactView } from '@guichet/engine'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { shortDate } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { channelIcon } from '../channel-mark.ts'
import { learn } from '../../state/conversations.ts'
import { openScreen } from '../../state/place.ts'
import { open } from '../../state/thread.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Section } from './section.tsx'

const shownOthers = 5

/** What else there is with this contact, over all channels. */
export const Others = ({
  current,
  contact: view,
}: {
  readonly current: Summary
  readonly contact: ContactView | null
}) => {
  const [all, setAll] = useState<ReadonlyArray<Summary>>([])
  const contact = current.contact.id
  useEffect(() => {
    let stale = false
    void call('contacts.history', contact, { limit: 20 }).then((answer) => {
      if (stale || !answer.ok) return
      learn(answer.value.items)
      setAll(answer.value.items)
    })
    return () => {
      stale = true
    }
  }, [contact, current.version, view?.merged.length])
  const rest = all.filter(({ id }) => id !== current.id)
  return (
    <Section id="others" title={rest.length === 0 ? p().history : t().otherConversations(rest.length)}>
      <ul class="others">
        {rest.slice(0, shownOthers).map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => void open(one.id)}>
              <time dateTime={new Date(one.lastActivity).toISOString()}>{shortDate(one.lastActivity)}</time>
              <span>
                <Icon name={channelIcon(one.channel)} size={12} />
                {one.subject ?? one.preview ?? t().noSubject} · {t()[`status_${one.status}`].toLowerCase()}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="link" onClick={() => openScreen('contact', { who: contact })}>
        {p().historyLink(all.length)}
      </button>
    </Section>
  )
}
