import { Icon } from '../../shared/icon.tsx'
import { fullDate } from '../../shared/time.ts'
import type { Summary } from '../api.ts'
import { useContact } from '../state/contacts.ts'
import { displayName } from '../state/conversations.ts'
import { detailsShown, screen } from '../state/place.ts'
import { t } from '../words/t.ts'
import { later } from './later.tsx'
import { Portrait } from './portrait.tsx'

const DetailsBody = later(() => import('./details/body.tsx').then((it) => it.DetailsBody))

/** Who this is and how things stand, beside the conversation. */
export const Details = ({ current }: { readonly current: Summary }) => {
  const contact = useContact(current.contact.id, current.version)
  const name = displayName(current)
  return (
    <aside
      class={`details ${detailsShown.value ? 'shown' : ''}`}
      aria-label={t().details}
      hidden={screen.value !== null}
    >
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
        <Portrait id={current.contact.id} name={name} picture={contact?.avatar ?? null} />
        <div>
          <h2>{name}</h2>
          <p>
            {contact && (contact.provisional ? t().provisional : t().customer)}
            {contact && ` · ${t().since(fullDate(contact.createdAt))}`}
          </p>
        </div>
      </div>
      {detailsShown.value && <DetailsBody key={current.id} current={current} contact={contact ?? null} />}
    </aside>
  )
}
