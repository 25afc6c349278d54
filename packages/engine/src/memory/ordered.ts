/** What the order is made of; a cell must not change them while it is inside. */
export interface Sortable {
  readonly id: string
  lastActivity: number
}

/**
 * Cells by rising (lastActivity, id), in blocks: putting one in or taking one out moves a block's worth of
 * references, not the whole list, and a page is read from where it starts.
 */
export interface Ordered<A extends Sortable> {
  readonly blocks: A[][]
}

const blockSize = 512

export const emptyOrder = <A extends Sortable>(): Ordered<A> => ({ blocks: [] })

const isBefore = (a: Sortable, lastActivity: number, id: string): boolean =>
  a.lastActivity < lastActivity || (a.lastActivity === lastActivity && a.id < id)

/** The index of the first cell of a block that is not before the key. */
const indexIn = <A extends Sortable>(block: ReadonlyArray<A>, lastActivity: number, id: string): number => {
  let low = 0
  let high = block.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(block[middle] as A, lastActivity, id)) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the last block that begins at or before the key; 0 when there is none. */
const blockOf = <A extends Sortable>(order: Ordered<A>, lastActivity: number, id: string): number => {
  let low = 0
  let high = order.blocks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const first = (order.blocks[middle] as A[])[0] as A
    if (isBefore(first, lastActivity, id) || (first.lastActivity === lastActivity && first.id === id)) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

export const insert = <A extends Sortable>(order: Ordered<A>, cell: A): void => {
  const at = blockOf(order, cell.lastActivity, cell.id)
  const block = order.blocks[at]
  if (block === undefined) {
    order.blocks.push([cell])
    return
  }
  block.splice(indexIn(block, cell.lastActivity, cell.id), 0, cell)
  if (block.length > blockSize) order.blocks.splice(at + 1, 0, block.splice(blockSize >> 1))
}

export const remove = <A extends Sortable>(order: Ordered<A>, cell: A): void => {
  const at = blockOf(order, cell.lastActivity, cell.id)
  const block = order.blocks[at]
  if (block === undefined) return
  const index = indexIn(block, cell.lastActivity, cell.id)
  if (block[index] !== cell) return
  block.splice(index, 1)
  if (block.length === 0) order.blocks.splice(at, 1)
}

/** From the newest down, or from just below a key; stops when `visit` answers false. */
export const descend = <A extends Sortable>(
  order: Ordered<A>,
  below: { readonly lastActivity: number; readonly id: string } | undefined,
  visit: (cell: A) => boolean,
): void => {
  const { blocks } = order
  const start = below === undefined ? blocks.length - 1 : blockOf(order, below.lastActivity, below.id)
  for (let at = start; at >= 0; at -= 1) {
    const block = blocks[at] ?? []
    const end = below === undefined || at < start ? block.length : indexIn(block, below.lastActivity, below.id)
    for (let index = end - 1; index >= 0; index -= 1) if (!visit(block[index] as A)) return
  }
}
