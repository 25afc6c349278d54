import type { InboundEvent } from '../../ports/channel.ts'

/** An event of a delivery, or one that has waited in the store for its message. */
export interface Item {
  readonly event: InboundEvent
  /** The row in which it has waited. */
  readonly row?: string
}

/** In its turn; `early` when it came before the message that it is about. */
export interface Turn extends Item {
  readonly early: boolean
  /** Its place in the delivery; absent of what has waited. */
  readonly index?: number
}

/** The message that an event tells, or is about, by its external id. */
export interface Naming {
  /** The id by which a message is known from then on, where an event tells one. */
  readonly tells: (event: InboundEvent) => string | undefined
  /** The message that nobody knows yet and an event is about. */
  readonly waitsFor: (event: InboundEvent) => string | undefined
}

/**
 * The order in which a delivery is taken in. What is about a message and comes before it waits for it: that is the same as
 * if it came right after it, behind what has waited for it longer.
 */
export const inOrder = (
  items: ReadonlyArray<Item>,
  { tells, waitsFor }: Naming,
  waiting: (externalId: string) => ReadonlyArray<Item>,
): ReadonlyArray<Turn> => {
  const toldAt = new Map<string, number>()
  for (const [index, { event }] of items.entries()) {
    const id = tells(event)
    if (id !== undefined && !toldAt.has(id)) toldAt.set(id, index)
  }
  const early = new Map<number, Array<Turn>>()
  const turns: Array<Turn> = []
  for (const [index, item] of items.entries()) {
    const awaited = waitsFor(item.event)
    const at = awaited === undefined ? undefined : toldAt.get(awaited)
    if (at !== undefined && at > index) {
      early.set(at, [...(early.get(at) ?? []), { ...item, index, early: true }])
      continue
    }
    turns.push({ ...item, index, early: false })
    const told = tells(item.event)
    if (told === undefined || toldAt.get(told) !== index) continue
    turns.push(...waiting(told).map((one) => ({ ...one, early: true })), ...(early.get(index) ?? []))
  }
  return turns
}
