import type { DocumentQuery, StoredDocument } from '../ports/storage.ts'
import type { Tables } from './tables.ts'
import { wordsOf } from './words.ts'

export const putDocument = (tables: Tables, row: StoredDocument): void => {
  const kind = tables.documents.get(row.kind) ?? new Map<string, StoredDocument>()
  if (row.data === null) kind.delete(row.id)
  else kind.set(row.id, row)
  if (kind.size === 0) tables.documents.delete(row.kind)
  else tables.documents.set(row.kind, kind)
}

const newestFirst = (a: StoredDocument, b: StoredDocument): number => (a.id < b.id ? 1 : -1)

/** Whether each of these begins one of the document's words. */
const hasAll = ({ words }: StoredDocument, starts: ReadonlyArray<string>): boolean => {
  const own = wordsOf(words)
  return starts.every((start) => own.some((word) => word.startsWith(start)))
}

export const documents = (tables: Tables | undefined, query: DocumentQuery): ReadonlyArray<StoredDocument> => {
  const { kind, parent, words = [], after, limit } = query
  const starts = words.flatMap(wordsOf)
  if (words.length > 0 && starts.length === 0) return []
  const found: StoredDocument[] = []
  for (const row of [...(tables?.documents.get(kind)?.values() ?? [])].sort(newestFirst)) {
    if (found.length >= limit) break
    if (after !== undefined && row.id >= after) continue
    if (parent !== undefined && row.parent !== parent) continue
    if (hasAll(row, starts)) found.push(row)
  }
  return found
}
