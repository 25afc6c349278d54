// What docs/features.md lists: the order of the page.
import { counter } from './counter.ts'
import type { Section } from './row.ts'
import { talking } from './talking.ts'

export const sections: ReadonlyArray<Section> = [...talking, ...counter].toSorted((a, b) =>
  a.letter < b.letter ? -1 : 1,
)
