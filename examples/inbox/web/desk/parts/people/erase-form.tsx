import type { ContactView } from '@guichet/engine'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { closePeopleDialog } from '../../state/dialogs.ts'
import { refresh } from '../../state/list.ts'
import { screen, openScreen } from '../../state/place.ts'
import { say } from '../../state/say.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { nameOf } from './name-of.ts'

/** Cannot be undone, so the name is typed. */
export const EraseForm = ({ contact }: { readonly contact: ContactView }) => {
  const [typed, setTyped] = useState('')
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => box.current?.focus(), [])
  const name = nameOf(contact)
  const sure = typed.trim() === name
  const erase = async (event: Event) => {
    event.preventDefault()
    if (!sure || !say(await call('contacts.erase', contact.id), p().erased)) return
    closePeopleDialog()
    await Promise.all([contactChanged(contact.id), refresh()])
    if (screen.value?.name === 'contact') openScreen('contacts')
  }
  return (
    <form class="people-form" onSubmit={erase}>
      <h2>{p().eraseTitle(name)}</h2>
      <p>{p().eraseHint}</p>
      <div class="people-field">
        <label for="erase-name">{p().eraseType(name)}</label>
        <input
          id="erase-name"
          ref={box}
          value={typed}
          autocomplete="off"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div class="form-foot">
        <button type="button" class="button" onClick={closePeopleDialog}>
          {t().cancel}
        </button>
        <button type="submit" class="button danger" disabled={!sure}>
          {p().eraseDo}
        </button>
      </div>
    </form>
  )
}
