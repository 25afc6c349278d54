interface Told {
  readonly _tag: string
  readonly conversation?: string
  readonly entry?: {
    readonly actor: { readonly id?: string }
    readonly what: { readonly _tag: string; readonly agents?: ReadonlyArray<string>; readonly agent?: string }
  }
}

/** What each agent had in hand at most at any moment of a journal: what was hers, and what was offered to her. */
export const heldAtMost = (journal: ReadonlyArray<Told>): ReadonlyMap<string, number> => {
  const hands = new Map<string, Set<string>>()
  const most = new Map<string, number>()
  const handOf = (agent: string): Set<string> => hands.get(agent) ?? hands.set(agent, new Set()).get(agent)!
  for (const { conversation = '', entry } of journal) {
    if (entry === undefined) continue
    const { what, actor } = entry
    const [given, taken]: ReadonlyArray<ReadonlyArray<string>> =
      what._tag === 'Offered'
        ? [what.agents ?? [], []]
        : what._tag === 'OfferAccepted' || what._tag === 'Claimed'
          ? [[actor.id ?? ''], []]
          : what._tag === 'OfferDeclined'
            ? [[], [actor.id ?? '']]
            : what._tag === 'OfferExpired'
              ? [[], what.agents ?? []]
              : [[], []]
    for (const agent of given ?? []) handOf(agent).add(conversation)
    for (const agent of taken ?? []) handOf(agent).delete(conversation)
    for (const [agent, hand] of hands) most.set(agent, Math.max(most.get(agent) ?? 0, hand.size))
  }
  return most
}
