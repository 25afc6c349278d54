import type { Template } from '../domain/template/template.ts'
import type { StoredDocument } from '../ports/storage.ts'

const kind = 'shortcut'

/** A template that a shortcut leads to. */
export type ShortcutHolder = Pick<Template, 'id' | 'title' | 'scope'>

export const shortcutDocument = (shortcut: string) => ({ kind, id: shortcut }) as const

/** Every template of a workspace with one shortcut, in one document: two that take it at once meet there. */
export const encodeShortcut = (
  shortcut: string,
  holders: ReadonlyArray<ShortcutHolder>,
  version: number,
): StoredDocument => ({
  ...shortcutDocument(shortcut),
  version,
  parent: null,
  words: '',
  data: holders.length === 0 ? null : JSON.stringify({ v: 1, holders }),
})

export const decodeShortcut = (stored: StoredDocument | undefined): ReadonlyArray<ShortcutHolder> =>
  (JSON.parse(stored?.data ?? '{"holders":[]}') as { readonly holders: ReadonlyArray<ShortcutHolder> }).holders
