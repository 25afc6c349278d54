import type { ContactView } from '@guichet/engine'
import { Icon } from '../../../shared/icon.tsx'
import { call } from '../../engine.ts'
import { peopleDialog } from '../../state/dialogs.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { p } from '../../words/people/p.ts'
import { download } from '../download.ts'
import { Section } from './section.tsx'

/** All there is about a person: for herself, or gone. */
export const Privacy = ({ contact }: { readonly contact: ContactView }) => {
  if (!may('eraseContacts')) return null
  const exportAll = async () => {
    const answer = await call('contacts.export', contact.id)
    if (!say(answer, p().exported)) return
    download(`contact-${contact.id}.json`, 'application/json', JSON.stringify(answer.value, null, 2))
  }
  return (
    <Section id="privacy" title={p().privacy}>
      <div class="button-row">
        <button type="button" class="button small" onClick={() => void exportAll()}>
          <Icon name="download" size={14} />
          {p().exportAll}
        </button>
        <button
          type="button"
          class="button small danger"
          aria-haspopup="dialog"
          onClick={() => {
            peopleDialog.value = { name: 'erase', contact }
          }}
        >
          <Icon name="trash" size={14} />
          {p().erase}
        </button>
      </div>
    </Section>
  )
}
