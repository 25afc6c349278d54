import type { ContactView } from '@guichet/engine'
import { useState } from 'preact/hooks'
import { call } from '../../engine.ts'
import { write } from '../../state/composer.ts'
import { contactChanged } from '../../state/contacts.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { p } from '../../words/people/p.ts'
import { ContactForm } from './contact-form.tsx'

/** A sender nobody has added yet: added, answered or ignored. */
export const UnknownSender = ({ contact }: { readonly contact: ContactView }) => {
  const [adding, setAdding] = useState(false)
  if (!contact.provisional || contact.ignored) return null
  const add = async () => {
    if (may('editContacts')) return setAdding(true)
    // The engine says why not.
    if (say(await call('contacts.add', contact.id, {}), p().added)) await contactChanged(contact.id)
  }
  const ignore = async () => {
    if (say(await call('contacts.ignore', contact.id), p().ignored)) await contactChanged(contact.id)
  }
  return (
    <section class="unknown" aria-label={p().unknownSender}>
      <p>
        <strong>{p().unknownSender}</strong> {p().unknownHint}
      </p>
      {adding ? (
        <ContactForm contact={contact} adding onDone={() => setAdding(false)} />
      ) : (
        <div class="button-row">
          <button type="button" class="button small primary" onClick={() => void add()}>
            {p().add}
          </button>
          <button type="button" class="button small" onClick={() => write('reply')}>
            {p().answer}
          </button>
          <button type="button" class="button small" onClick={() => void ignore()}>
            {p().ignore}
          </button>
        </div>
      )}
    </section>
  )
}
