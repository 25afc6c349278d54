import { computed, effect, signal } from '@preact/signals'
import { keyOf, rows } from './list.ts'
import { place } from './place.ts'

const marked = signal<ReadonlySet<string>>(new Set())
/** Where a range begins. */
let anchor: string | null = null

/** The marked rows that are still in the list, in its order: what is out of sight is not acted on. */
export const markedRows = computed(() => rows.value.filter(({ id }) => marked.value.has(id)))

export const isMarked = (id: string): boolean => marked.value.has(id)

export const toggleMark = (id: string): void => {
  const next = new Set(marked.value)
  if (!next.delete(id)) next.add(id)
  marked.value = next
  anchor = id
}

/** Marks everything from the row that was marked last to this one. */
export const markTo = (id: string): void => {
  const ids = rows.value.map((row) => row.id)
  const [from, to] = [anchor === null ? -1 : ids.indexOf(anchor), ids.indexOf(id)]
  if (from === -1 || to === -1) return toggleMark(id)
  marked.value = new Set([...marked.value, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)])
  anchor = id
}

export const markAll = (): void => {
  marked.value = new Set(rows.value.map(({ id }) => id))
}

export const markNone = (): void => {
  marked.value = new Set()
  anchor = null
}

// Another list is another selection.
let shown = keyOf(place.value)
effect(() => {
  const key = keyOf(place.value)
  if (shown === key) return
  shown = key
  markNone()
})
