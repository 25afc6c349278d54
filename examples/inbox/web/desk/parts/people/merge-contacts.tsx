import type { ContactView } from '@guichet/engine'
import { useEffect, useState } from 'preact/hooks'
import type { Contact } from '../../api.ts'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { closePeopleDialog } from '../../state/dialogs.ts'
import { refresh } from '../../state/list.ts'
import { say } from '../../state/say.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Choices } from '../choices.tsx'
import { undoMerge } from '../details/merges.tsx'
import { gainsOf } from './gains.ts'
import { nameOf } from './name-of.ts'

interface Preview {
  readonly from: ContactView
  readonly conversations: number
  readonly more: boolean
}

const Search = ({ into, onChoose }: { readonly into: ContactView; readonly onChoose: (id: string) => void }) => {
  const [words, setWords] = useState('')
  const [found, setFound] = useState<ReadonlyArray<Contact>>([])
  useEffect(() => {
    let stale = false
    void call('contacts.find', { words, limit: 12 }).then((answer) => {
      if (!stale && answer.ok) setFound(answer.value.items)
    })
    return () => {
      stale = true
    }
  }, [words])
  return (
    <Choices
      label={p().mergeTitle(nameOf(into))}
      placeholder={p().mergeSearch}
      onFilter={setWords}
      choices={found
        .filter(({ id }) => id !== into.id)
        .map((contact) => ({
          id: contact.id,
          label: nameOf(contact),
          icon: 'user' as const,
          hint: [...contact.emails, ...contact.phones].join(', '),
          run: () => onChoose(contact.id),
        }))}
    />
  )
}

/** Finds the contact that goes, shows what the other gains, and does it; it can be undone afterwards. */
export const MergeContacts = ({ into }: { readonly into: ContactView }) => {
  const [preview, setPreview] = useState<Preview | null>(null)
  const choose = async (id: string) => {
    const [contact, history] = await Promise.all([
      call('contacts.get', id),
      call('contacts.history', id, { limit: 50 }),
    ])
    if (!say(contact, null)) return
    setPreview({
      from: contact.value,
      conversations: history.ok ? history.value.items.length : 0,
      more: history.ok && history.value.next !== null,
    })
  }
  if (preview === null) return <Search into={into} onChoose={(id) => void choose(id)} />
  const { from, conversations, more } = preview
  const gains = gainsOf(into, from)
  const merge = async () => {
    const undo = { label: t().undo, run: () => void undoMerge(into.id, from.id) }
    if (!say(await call('contacts.merge', from.id, { into: into.id }), p().mergedDone(nameOf(from)), undo)) return
    closePeopleDialog()
    await Promise.all([contactChanged(into.id), contactChanged(from.id), refresh()])
  }
  return (
    <div class="people-form">
      <h2>{p().mergeTitle(nameOf(into))}</h2>
      <p>
        {nameOf(from)} · {p().gainsConversations(conversations, more)}
      </p>
      <h3>{p().gains(nameOf(into))}</h3>
      {gains.length === 0 ? (
        <p>{p().gainsNothing}</p>
      ) : (
        <dl class="gains">
          {gains.map(({ label, value }) => (
            <div key={label} class="fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div class="form-foot">
        <button type="button" class="button" onClick={() => setPreview(null)}>
          {p().otherContact}
        </button>
        <button type="button" class="button primary" ref={(button) => button?.focus()} onClick={() => void merge()}>
          {p().doMerge}
        </button>
      </div>
    </div>
  )
}
