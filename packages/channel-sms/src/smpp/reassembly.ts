import type { PartOf, Said } from './deliver.ts'

/** A part that waits for the others, and how its SMSC is told that it is safe, or should bring it again. */
export interface Waiting extends Said {
  readonly part: PartOf
  readonly answer: (stored: boolean) => void
}

/** The SMSC has not waited for an answer, and brings a part once more. */
const isSame = (one: Waiting, other: Waiting): boolean =>
  one.text === other.text && Buffer.compare(one.data ?? new Uint8Array(), other.data ?? new Uint8Array()) === 0

/**
 * Holds the parts of long messages, unanswered, until all have come: nothing is said to be safe that is only held here. When
 * they do not come in time (an SMSC may want an answer to the first before it sends the second) they are given as they
 * are. Parts are given in order.
 */
export const reassembly = (holdMs: number, give: (parts: ReadonlyArray<Waiting>, whole: boolean) => void) => {
  const held = new Map<string, { readonly parts: Map<number, Waiting>; readonly timer: NodeJS.Timeout }>()
  const release = (message: string): ReadonlyArray<Waiting> => {
    const found = held.get(message)
    if (found === undefined) return []
    clearTimeout(found.timer)
    held.delete(message)
    return [...found.parts].sort(([a], [b]) => a - b).map(([, waiting]) => waiting)
  }
  const giveUp = (message: string): void => {
    const parts = release(message)
    if (parts.length > 0) give(parts, false)
  }
  return {
    add: (waiting: Waiting): void => {
      const { message, total, index } = waiting.part
      const there = held.get(message)?.parts.get(index)
      if (there !== undefined && isSame(there, waiting)) {
        const answer = (stored: boolean): void => [there, waiting].forEach((one) => one.answer(stored))
        held.get(message)?.parts.set(index, { ...there, answer })
        return
      }
      // Other words in the same place are another message under the same reference.
      if (there !== undefined) giveUp(message)
      const group = held.get(message) ?? { parts: new Map(), timer: setTimeout(() => giveUp(message), holdMs) }
      held.set(message, group)
      group.parts.set(index, waiting)
      if (group.parts.size === total) give(release(message), true)
    },
    /** Gives up what waits: the SMSC brings it again. */
    clear: (): void => {
      for (const message of held.keys()) for (const { answer } of release(message)) answer(false)
    },
  }
}
