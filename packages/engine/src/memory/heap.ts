/** A binary heap over an array: the least first. */
export interface Heap<A> {
  readonly items: A[]
  readonly before: (a: A, b: A) => boolean
}

export const emptyHeap = <A>(before: (a: A, b: A) => boolean): Heap<A> => ({ items: [], before })

export const push = <A>({ items, before }: Heap<A>, item: A): void => {
  let index = items.push(item) - 1
  while (index > 0) {
    const parent = (index - 1) >> 1
    if (!before(item, items[parent] as A)) break
    items[index] = items[parent] as A
    index = parent
  }
  items[index] = item
}

export const pop = <A>({ items, before }: Heap<A>): A | undefined => {
  const top = items[0]
  const last = items.pop()
  if (last === undefined || items.length === 0) return top
  let index = 0
  for (;;) {
    let child = 2 * index + 1
    if (child >= items.length) break
    if (child + 1 < items.length && before(items[child + 1] as A, items[child] as A)) child += 1
    if (!before(items[child] as A, last)) break
    items[index] = items[child] as A
    index = child
  }
  items[index] = last
  return top
}
