/** Whoever can be turned to, one after the other. */
export interface Pool<A> {
  /** Returns how to leave. */
  readonly join: (member: A) => () => void
  /** All of them, first the one whose turn it is: where one does not answer, the next may. */
  readonly inTurn: () => ReadonlyArray<A>
}

export const makePool = <A>(): Pool<A> => {
  const members = new Set<A>()
  let turn = 0
  return {
    join: (member) => {
      members.add(member)
      return () => void members.delete(member)
    },
    inTurn: () => {
      const all = [...members]
      const first = all.length === 0 ? 0 : turn++ % all.length
      return [...all.slice(first), ...all.slice(0, first)]
    },
  }
}
