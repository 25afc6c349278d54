import type { ContactView } from '@guichet/engine'
import { fullDate } from '../../../shared/time.ts'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { peopleDialog } from '../../state/dialogs.ts'
import { refresh } from '../../state/list.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { agentShort } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

/** Takes a contact out again of the one that it went into. */
export const undoMerge = async (id: string, merged: string): Promise<void> => {
  if (!say(await call('contacts.undoMerge', id, { merged }), p().mergeUndone)) return
  await Promise.all([contactChanged(id), refresh()])
}

/** Contacts that went into this one, each of which can be taken out again. */
export const Merges = ({ contact }: { readonly contact: ContactView }) => {
  if (!may('editContacts')) return null
  return (
    <Section id="merges" title={p().merged} count={contact.merged.length}>
      <ul class="lines-list">
        {contact.merged.map(({ contact: merged, at, by, gained }) => (
          <li key={merged}>
            <span class="grow">
              {[gained.name, ...(gained.emails ?? []), ...(gained.phones ?? [])].filter(Boolean).join(', ') || merged}
              <span class="identity-state">{p().mergedOn(fullDate(at), agentShort(by))}</span>
            </span>
            <button
              type="button"
              class="button small"
              aria-label={p().undoMergeOf(fullDate(at))}
              onClick={() => void undoMerge(contact.id, merged)}
            >
              {p().undoMerge}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button small"
        aria-haspopup="dialog"
        onClick={() => {
          peopleDialog.value = { name: 'mergeContacts', contact }
        }}
      >
        {p().mergeContact}
      </button>
    </Section>
  )
}
