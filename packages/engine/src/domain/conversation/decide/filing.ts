import { type Verdict, happens, nothingToDo } from '../decision.ts'
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
