import type { StoredDocument } from '../ports/storage.ts'

/** Whose turn it is in a queue: the highest that was given, and the last of each agent. */
export interface Turns {
  readonly highest: number
  readonly of: Readonly<Record<string, number>>
}

/** A document of the kind `turns`, under the queue's id; `v` is the shape's version. */
export const encodeTurns = (queue: string, turns: Turns, version: number): StoredDocument => ({
  kind: 'turns',
  id: queue,
  version,
  parent: null,
  words: '',
  data: JSON.stringify({ v: 1, ...turns }),
})

export const decodeTurns = (stored: StoredDocument | undefined): Turns => {
  if (stored === undefined) return { highest: 0, of: {} }
  const { highest, of } = JSON.parse(stored.data ?? '{}') as Turns
  return { highest, of }
}
