import { parentOf } from '../../codec/template.ts'
import { decodeShortcut, encodeShortcut, shortcutDocument } from '../../codec/shortcut.ts'
import type { Agent } from '../../domain/actor.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import { mayUse } from '../../domain/template/access.ts'
import type { Template } from '../../domain/template/template.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Needs, View } from '../view.ts'

/** A template as it was, and as it is to be; undefined where there is none. */
interface Change {
  readonly before: Template | undefined
  readonly after: Template | undefined
}

const shortcutsOf = ({ before, after }: Change): ReadonlyArray<string> => [
  ...new Set([before?.shortcut, after?.shortcut].filter((shortcut) => shortcut != null)),
]

/** What leads where, before and after a template is kept or removed. */
export const shortcutNeeds = (workspace: string, change: Change): NonNullable<Needs['documents']> =>
  shortcutsOf(change).map((shortcut) => ({ workspace, ...shortcutDocument(shortcut) }))

const holdersIn = (view: View, workspace: string, shortcut: string) => {
  const { kind, id } = shortcutDocument(shortcut)
  const stored = view.document(workspace, kind, id)
  return { version: stored?.version ?? 0, holders: decodeShortcut(stored) }
}

/**
 * A shortcut means one thing to whoever writes it: it is refused when it leads her to another template already. What
 * colleagues keep for themselves is not asked; where two come to have the same, the nearest is found first.
 */
export const takenBy = (view: View, workspace: string, agent: Agent, { before, after }: Change): Refusal | null => {
  if (after?.shortcut == null) return null
  const { id, shortcut, scope } = after
  // What it has already stays its own.
  if (before?.shortcut === shortcut && parentOf(before.scope) === parentOf(scope)) return null
  const other = holdersIn(view, workspace, shortcut).holders.find((one) => one.id !== id && mayUse(one, agent))
  return other === undefined
    ? null
    : { _tag: 'Invalid', what: 'template', issues: [`shortcut: ${shortcut} leads to "${other.title}" already`] }
}

/** The shortcuts of a template, as they are to be stored with it: of two that take one at once, one finds it taken. */
export const claimedShortcuts = (view: View, workspace: string, change: Change): ReadonlyArray<StoredDocument> =>
  shortcutsOf(change).map((shortcut) => {
    const { holders, version } = holdersIn(view, workspace, shortcut)
    const { before, after } = change
    const others = holders.filter(({ id }) => id !== before?.id && id !== after?.id)
    const own = after?.shortcut === shortcut ? [{ id: after.id, title: after.title, scope: after.scope }] : []
    return encodeShortcut(shortcut, [...others, ...own], version + 1)
  })
