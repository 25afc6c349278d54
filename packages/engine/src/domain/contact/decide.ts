import type { Permission } from '../access/permission.ts'
import { can } from '../access/permissions.ts'
import type { Refusal } from '../conversation/refusal.ts'
import type { ContactCommand, ContactFacts } from './command.ts'
import type { Contact, ContactFields } from './contact.ts'
import type { ContactHappening } from './entry.ts'
import { checkFields, newContact } from './fields.ts'
import { settled } from './gain.ts'

/** The contact as it is after a command, and what goes into its journal; or why nothing happened. */
export type ContactDecision =
  | { readonly _tag: 'Accepted'; readonly contact: Contact; readonly what: ContactHappening }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const refuse = (refusal: Refusal): ContactDecision => ({ _tag: 'Refused', refusal })
const accept = (contact: Contact, what: ContactHappening): ContactDecision => ({ _tag: 'Accepted', contact, what })
const nothingToDo = refuse({ _tag: 'NothingToDo' })

/** The longest remark, in characters. */
const remarkAtMost = 10_000

/** What it takes beyond seeing the contact. */
const needed = (contact: Contact | undefined, command: ContactCommand, agent: string): Permission | null => {
  switch (command._tag) {
    case 'Create':
    case 'Add':
    case 'Edit':
      return 'editContacts'
    case 'Erase':
      return 'eraseContacts'
    case 'Ignore':
    case 'Remark':
      return null
    case 'RemoveRemark':
      return contact?.remarks.find(({ id }) => id === command.remark)?.by === agent ? null : 'editContacts'
  }
}

/** The fields that are something else now; the merges that had given them have not any more. */
const withFields = (contact: Contact, fields: Partial<ContactFields>): Contact => ({
  ...contact,
  ...fields,
  merged: settled(contact.merged, { ...contact, ...fields }),
})

const named = (fields: Partial<ContactFields>): ReadonlyArray<keyof ContactFields> =>
  Object.keys(fields) as ReadonlyArray<keyof ContactFields>

const decideFor = (contact: Contact, command: ContactCommand, facts: ContactFacts): ContactDecision => {
  switch (command._tag) {
    case 'Create':
      return refuse({ _tag: 'InUse', by: `contact ${contact.id}` })
    case 'Add': {
      const checked = checkFields(contact, command.fields, facts)
      if (checked._tag === 'Refused') return checked
      const fields = named(checked.fields)
      if (!contact.provisional && fields.length === 0) return nothingToDo
      const added = { ...withFields(contact, checked.fields), provisional: false, ignored: false }
      return accept(added, { _tag: 'ContactAdded', fields })
    }
    case 'Ignore':
      return contact.ignored || !contact.provisional
        ? nothingToDo
        : accept({ ...contact, ignored: true }, { _tag: 'ContactIgnored' })
    case 'Edit': {
      const checked = checkFields(contact, command.fields, facts)
      if (checked._tag === 'Refused') return checked
      const fields = named(checked.fields)
      return fields.length === 0
        ? nothingToDo
        : accept(withFields(contact, checked.fields), { _tag: 'ContactEdited', fields })
    }
    case 'Remark': {
      const text = typeof command.text === 'string' ? command.text.trim() : ''
      if (text === '') return refuse({ _tag: 'Empty' })
      if (text.length > remarkAtMost) return refuse({ _tag: 'TextTooLong', length: text.length, max: remarkAtMost })
      const remark = { id: command.id, by: facts.agent?.id ?? 'engine', at: facts.now, text }
      return accept({ ...contact, remarks: [...contact.remarks, remark] }, { _tag: 'RemarkAdded', remark: command.id })
    }
    case 'RemoveRemark': {
      const remarks = contact.remarks.filter(({ id }) => id !== command.remark)
      return remarks.length === contact.remarks.length
        ? refuse({ _tag: 'NotFound' })
        : accept({ ...contact, remarks }, { _tag: 'RemarkRemoved', remark: command.remark })
    }
    case 'Erase':
      return accept(newContact(contact.id, {}, contact.createdAt), { _tag: 'ContactErased' })
  }
}

/**
 * Answers a command about a contact, or says why not. Whether the agent may see the contact at all is asked before.
 * A contact that went into another one takes no commands (`NotFound`): they go to where it went. Only its remarks are
 * still its own.
 *
 * @example
 * ```ts
 * import { decideContact, newContact } from '@guichet/engine/domain'
 *
 * const zone = (name: string) => name === 'Europe/Paris'
 * const about = { now: facts.now, agent: null, definitions: new Map(), companies: new Set<string>(), isTimeZone: zone }
 * const zoe = newContact('zoe', { provisional: true }, facts.now)
 * const edit = { _tag: 'Edit', fields: { phones: ['+33 6 12 34 56 78'], country: 'fr' } } as const
 * const done = decideContact(zoe, edit, about)
 * if (done._tag === 'Accepted') console.log(done.contact.phones, done.contact.country, done.what)
 * console.log(decideContact(zoe, { _tag: 'Edit', fields: { timeZone: 'Mars' } }, about))
 * ```
 *
 * ```text
 * [ '+33612345678' ] FR { _tag: 'ContactEdited', fields: [ 'phones', 'country' ] }
 * {
 *   _tag: 'Refused',
 *   refusal: {
 *     _tag: 'Invalid',
 *     what: 'contact',
 *     issues: [
 *       'timeZone: "Mars" is not a time zone such as Europe/Paris (IANA), or null'
 *     ]
 *   }
 * }
 * ```
 */
export const decideContact = (
  contact: Contact | undefined,
  command: ContactCommand,
  facts: ContactFacts,
): ContactDecision => {
  const { agent } = facts
  const permission = agent === null ? null : needed(contact, command, agent.id)
  if (agent !== null && permission !== null && !can(agent, permission)) {
    return refuse({ _tag: 'Forbidden', action: permission })
  }
  // Remarks stay with whom they were written about, also when it goes into another one.
  if (contact === undefined || (contact.mergedInto !== null && command._tag !== 'RemoveRemark')) {
    if (command._tag !== 'Create' || contact !== undefined) return refuse({ _tag: 'NotFound' })
    const checked = checkFields(newContact(command.id, {}, facts.now), command.fields, facts)
    return checked._tag === 'Refused'
      ? checked
      : accept(newContact(command.id, checked.fields, facts.now), { _tag: 'ContactCreated' })
  }
  return decideFor(contact, command, facts)
}
