import { decodeContact } from '../../codec/contact.ts'
import type { Actor } from '../../domain/actor.ts'
import type { AttributeValue } from '../../domain/contact/attribute.ts'
import type { ContactChange } from '../../domain/contact/command.ts'
import type { Contact, ContactFields } from '../../domain/contact/contact.ts'
import { decideContact } from '../../domain/contact/decide.ts'
import type { AskedFacts } from '../../domain/message/asked.ts'
import type { Part } from '../../domain/message/part.ts'
import type { FormField, SaveTo } from '../../domain/message/rich-part.ts'
import type { StoredDocument, StoredEntry } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import type { Needs, View } from '../view.ts'
import { contactFacts } from './act.ts'
import type { FamilyFinder } from './family.ts'
import { recordContact } from './journal.ts'

/** What becomes of the answers to forms on the contact who gave them. */
export type Landing =
  | {
      readonly _tag: 'Landed'
      readonly documents: ReadonlyArray<StoredDocument>
      readonly entries: ReadonlyArray<StoredEntry>
    }
  | { readonly _tag: 'Needs'; readonly needs: Needs }
  | { readonly _tag: 'Amiss'; readonly issues: ReadonlyArray<string> }

interface Save {
  readonly name: string
  readonly to: SaveTo
  readonly value: AttributeValue
}

const given = (field: FormField, values: Readonly<Record<string, AttributeValue>>): ReadonlyArray<Save> => {
  const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined
  if (value === undefined || field.saveTo === undefined || (typeof value === 'string' && value.trim() === '')) return []
  return [{ name: field.name, to: field.saveTo, value }]
}

const savesOf = (parts: ReadonlyArray<Part>, { forms }: AskedFacts): ReadonlyArray<Save> =>
  parts.flatMap((part) => {
    if (part._tag !== 'FormAnswer') return []
    return (forms.get(part.form)?.fields ?? []).flatMap((field) => given(field, part.values))
  })

/** A further address stands beside those that are known; everything else is what was said last. */
const changeOf = (contact: Contact, { to, value }: Save): ContactChange => {
  if (to._tag === 'Custom') return { custom: { [to.attribute]: value } }
  const text = String(value).trim()
  switch (to.field) {
    case 'email':
      return { emails: [...contact.emails, text] }
    case 'phone':
      return { phones: [...contact.phones, text] }
    default:
      return { [to.field]: text }
  }
}

/**
 * Writes down what a contact has answered where the form says that it is kept, in the commit that stores the answer.
 * Answers of somebody who went into another contact are that one's. What no attribute holds any more stays in the
 * message: that is not the contact's to put right.
 */
export const answerInto = (
  core: Core,
  setup: Setup,
  view: View,
  finder: FamilyFinder,
  by: { readonly workspace: string; readonly actor: Actor },
  answered: { readonly parts: ReadonlyArray<Part>; readonly asked: AskedFacts },
  documents: ReadonlyArray<StoredDocument>,
): Landing => {
  const { workspace, actor } = by
  const saves = savesOf(answered.parts, answered.asked)
  const unchanged = { _tag: 'Landed', documents, entries: [] } as const
  if (saves.length === 0) return unchanged
  const changed = (id: string) => documents.find((one) => one.kind === 'contact' && one.id === id)
  // Somebody new stands nowhere yet.
  const isNew = changed(actor.id)?.version === 1
  const found = isNew ? undefined : finder.in(view, actor.id)
  if (found?._tag === 'Needs') return found
  const id = found?.family?.root.id ?? actor.id
  const stored = found?.family?.stored.get(id)
  const base = changed(id) ?? stored
  if (base === undefined) return unchanged
  let contact = decodeContact(base)
  const fields = new Set<keyof ContactFields>()
  const issues: Array<string> = []
  for (const save of saves) {
    const command = { _tag: 'Edit', fields: changeOf(contact, save) } as const
    const decision = decideContact(contact, command, contactFacts(core, setup, view, workspace, null, command))
    if (decision._tag === 'Accepted') {
      contact = decision.contact
      if (decision.what._tag === 'ContactEdited') for (const field of decision.what.fields) fields.add(field)
    } else if (decision.refusal._tag === 'Invalid' && save.to._tag === 'Field') {
      issues.push(...decision.refusal.issues.map((issue) => `${save.name}: ${issue.replace(/^[a-z]+: /i, '')}`))
    }
  }
  if (issues.length > 0) return { _tag: 'Amiss', issues }
  if (fields.size === 0) return unchanged
  const line = { at: core.clock.now(), actor, what: { _tag: 'ContactEdited', fields: [...fields] } } as const
  const recorded = recordContact(stored, contact, line)
  return {
    _tag: 'Landed',
    documents: [...documents.filter((one) => one.kind !== 'contact' || one.id !== id), ...(recorded.documents ?? [])],
    entries: recorded.entries ?? [],
  }
}
