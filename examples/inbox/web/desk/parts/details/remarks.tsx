import type { ContactView } from '@guichet/engine'
import { useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime } from '../../../shared/time.ts'
import { as } from '../../api.ts'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { may } from '../../state/permissions.ts'
import { say } from '../../state/say.ts'
import { agentShort } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Section } from './section.tsx'

/** What colleagues have noted about a contact, whatever the conversation. */
export const Remarks = ({ contact }: { readonly contact: ContactView }) => {
  const [text, setText] = useState<string | null>(null)
  const add = async (event: Event) => {
    event.preventDefault()
    if (text === null) return
    const answer = await call('contacts.remark', contact.id, text)
    if (!say(answer, null)) return
    await contactChanged(contact.id)
    setText(null)
  }
  const again = (words: string) => async () => {
    if (say(await call('contacts.remark', contact.id, words), null)) await contactChanged(contact.id)
  }
  const remove = async (id: string, words: string) => {
    const undo = { label: t().undo, run: () => void again(words)() }
    if (say(await call('contacts.removeRemark', contact.id, id), p().remarkGone, undo)) await contactChanged(contact.id)
  }
  return (
    <Section id="remarks" title={p().remarks} count={contact.remarks.length}>
      <ul class="notes">
        {contact.remarks.map((remark) => (
          <li key={remark.id}>
            <p>{remark.text}</p>
            <p class="notes-by">
              {agentShort(remark.by)} · {dateAndTime(remark.at)}
            </p>
            {(remark.by === as || may('editContacts')) && (
              <button
                type="button"
                class="icon-button small"
                aria-label={p().removeRemark}
                title={p().removeRemark}
                onClick={() => void remove(remark.id, remark.text)}
              >
                <Icon name="close" size={12} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {text === null ? (
        <button type="button" class="tag-chip add" onClick={() => setText('')}>
          <Icon name="plus" size={12} />
          {p().addRemark}
        </button>
      ) : (
        <form class="details-form" onSubmit={add}>
          <textarea
            aria-label={p().remarkHint}
            placeholder={p().remarkHint}
            rows={3}
            ref={(box) => box?.focus()}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add(event)
              if (event.key !== 'Escape') return
              event.preventDefault()
              setText(null)
            }}
          />
          <div class="form-foot">
            <button type="button" class="button small" onClick={() => setText(null)}>
              {t().cancel}
            </button>
            <button type="submit" class="button small primary" disabled={text.trim() === ''}>
              {p().add}
            </button>
          </div>
        </form>
      )}
    </Section>
  )
}
