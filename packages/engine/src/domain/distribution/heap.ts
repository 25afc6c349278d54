/** A binary heap: the first by `compare` is on top. */
export interface Heap<A> {
  readonly items: Array<A>
  readonly compare: (a: A, b: A) => number
}

const sink = <A>({ items, compare }: Heap<A>, start: number): void => {
  const sinking = items[start] as A
  let at = start
  for (;;) {
    let child = 2 * at + 1
    if (child >= items.length) break
    if (child + 1 < items.length && compare(items[child + 1] as A, items[child] as A) < 0) child++
    if (compare(sinking, items[child] as A) <= 0) break
    items[at] = items[child] as A
    at = child
  }
  items[at] = sinking
}

/** Takes the array over and orders it in linear time. */
export const heapOf = <A>(items: Array<A>, compare: (a: A, b: A) => number): Heap<A> => {
  const heap = { items, compare }
  for (let at = (items.length >> 1) - 1; at >= 0; at--) sink(heap, at)
  return heap
}

export const push = <A>({ items, compare }: Heap<A>, item: A): void => {
  let at = items.length
  items.push(item)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (compare(items[parent] as A, item) <= 0) break
    items[at] = items[parent] as A
    at = parent
  }
  items[at] = item
}

export const pop = <A>(heap: Heap<A>): A | undefined => {
  const { items } = heap
  const top = items[0]
  const last = items.pop()
  if (items.length > 0) {
    items[0] = last as A
    sink(heap, 0)
  }
  return top
}
