import type { ContactView } from '@guichet/engine'
import type { ContactChange } from '@guichet/engine/domain'
import { useEffect, useRef, useState } from 'preact/hooks'
import { call } from '../../engine.ts'
import { contactChanged } from '../../state/contacts.ts'
import { refresh } from '../../state/list.ts'
import { say } from '../../state/say.ts'
import { issuesByField } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Field } from './field.tsx'

const texts = [
  'name',
  'firstName',
  'emails',
  'phones',
  'language',
  'timeZone',
  'country',
  'currency',
  'recordUrl',
] as const
type TextField = (typeof texts)[number]
const lists: ReadonlySet<TextField> = new Set(['emails', 'phones'])
const kinds = ['visitor', 'lead', 'client', 'partner'] as const

const shown = (contact: ContactView, field: TextField): string => {
  const value = contact[field]
  return typeof value === 'string' ? value : (value ?? []).join(', ')
}

const meant = (field: TextField, text: string): string | null | ReadonlyArray<string> => {
  if (lists.has(field))
    return text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
  return text.trim() === '' ? null : text.trim()
}

/** Edits a contact where it stands; what does not fit is said at its field, and stays as it was typed. */
export const ContactForm = ({
  contact,
  adding = false,
  onDone,
}: {
  readonly contact: ContactView
  /** A sender nobody knew becomes somebody. */
  readonly adding?: boolean
  readonly onDone: () => void
}) => {
  const [bad, setBad] = useState<ReadonlyMap<string, string>>(new Map())
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  useEffect(() => {
    if (bad.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [bad])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (form.current === null) return
    const typed = new FormData(form.current)
    const of = (name: string): string => String(typed.get(name) ?? '')
    const fields = Object.fromEntries(
      texts.filter((field) => of(field) !== shown(contact, field)).map((field) => [field, meant(field, of(field))]),
    )
    const kind = of('kind') === contact.kind ? {} : { kind: of('kind') }
    const change = { ...fields, ...kind } as ContactChange
    if (!adding && Object.keys(change).length === 0) return onDone()
    const answer = await (adding ? call('contacts.add', contact.id, change) : call('contacts.edit', contact.id, change))
    if (!answer.ok && answer.failure._tag === 'Invalid') return setBad(issuesByField(answer.failure))
    if (!say(answer, adding ? p().added : p().saved)) return
    await Promise.all([contactChanged(contact.id), refresh()])
    onDone()
  }
  return (
    <form
      ref={form}
      class="details-form"
      aria-label={p().editContact}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onDone()
      }}
    >
      {texts.map((field) => (
        <Field
          key={field}
          id={`edit-${field}`}
          label={p()[field]}
          bad={bad.get(field)}
          {...(lists.has(field) ? { hint: p().listHint } : {})}
        >
          {(attributes) => (
            <input
              {...attributes}
              name={field}
              defaultValue={shown(contact, field)}
              autocomplete="off"
              spellcheck={false}
            />
          )}
        </Field>
      ))}
      <Field id="edit-kind" label={p().kind} bad={bad.get('kind')}>
        {(attributes) => (
          <select {...attributes} name="kind">
            {kinds.map((kind) => (
              <option key={kind} value={kind} selected={kind === contact.kind}>
                {p()[`kind_${kind}`]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div class="form-foot">
        <button type="button" class="button small" onClick={onDone}>
          {t().cancel}
        </button>
        <button type="submit" class="button small primary">
          {adding ? p().add : t().save}
        </button>
      </div>
    </form>
  )
}
