import { type AttributeChange, attributeIssues } from '../../contact/attributes.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation, Flag } from '../state.ts'

/** Filing: what colleagues write on the cover. None of it routes, and none of it reaches the customer. */

const clean = (tags: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== '')),
]

export const tag = (state: Conversation, tags: ReadonlyArray<string>): Verdict => {
  const added = clean(tags).filter((name) => !state.tags.includes(name))
  return added.length === 0 ? nothingToDo : happens({ _tag: 'Tagged', tags: added })
}

export const untag = (state: Conversation, tags: ReadonlyArray<string>): Verdict => {
  const removed = clean(tags).filter((name) => state.tags.includes(name))
  return removed.length === 0 ? nothingToDo : happens({ _tag: 'Untagged', tags: removed })
}

export const flag = (state: Conversation, name: Flag): Verdict =>
  state.flags.includes(name) ? nothingToDo : happens({ _tag: 'Flagged', flag: name })

export const unflag = (state: Conversation, name: Flag): Verdict =>
  state.flags.includes(name) ? happens({ _tag: 'Unflagged', flag: name }) : nothingToDo

const named = (name: string | null): string | null => (name === null || name.trim() === '' ? null : name.trim())

export const rename = (state: Conversation, title: string | null): Verdict =>
  named(title) === state.title ? nothingToDo : happens({ _tag: 'Renamed', title: named(title) })

export const changeSubject = (state: Conversation, subject: string | null): Verdict =>
  named(subject) === state.subject ? nothingToDo : happens({ _tag: 'SubjectChanged', subject: named(subject) })

/** Custom attributes; null removes one. What is there already is not written again. */
export const setAttributes = (state: Conversation, attributes: AttributeChange, facts: Facts): Verdict => {
  const issues =
    typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes)
      ? attributeIssues(attributes, 'conversation', facts.attributes ?? new Map())
      : ['attributes: a record of values by the id of their definition']
  if (issues.length > 0) return refuse({ _tag: 'Invalid', what: 'attributes', issues })
  const current = state.attributes
  const changed = Object.entries(attributes).filter(([id, value]) =>
    Object.hasOwn(current, id) ? current[id] !== value : value !== null,
  )
  return changed.length === 0
    ? nothingToDo
    : happens({ _tag: 'AttributesSet', attributes: Object.fromEntries(changed) })
}
