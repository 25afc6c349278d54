import { partIssues } from '@guichet/engine/domain'
import type { RichPart } from '@guichet/engine/ports'

/** The most that a name or an id of a part holds, and what is written below it, in characters. */
export const labelAtMost = 200
export const textAtMost = 2000

/** At most so many characters, without half a one at the end; undefined when there is nothing to read. */
export const cut = (text: string | undefined, atMost: number): string | undefined => {
  const short = text?.slice(0, atMost).replace(/[\ud800-\udbff]$/, '')
  return short === undefined || short.trim() === '' ? undefined : short
}

/** The part when the engine takes it as it is. */
export const sensible = <Part extends RichPart>(part: Part): ReadonlyArray<Part> =>
  partIssues(part)?.length === 0 ? [part] : []

/** What stands for something that nobody here can show. */
export const unsupported = (kind: string | undefined, note: string | undefined): RichPart => {
  const said = cut(note, textAtMost)
  return {
    _tag: 'Unsupported',
    kind: cut(kind, labelAtMost) ?? 'unknown',
    ...(said === undefined ? {} : { note: said }),
  }
}
