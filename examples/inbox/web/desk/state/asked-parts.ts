/** What a conversation has asked and heard: an answer is shown beside its question. */
export interface Asked {
  readonly answered: ReadonlySet<string>
  /** The ids of choices that the customer has taken. */
  readonly chosen: ReadonlySet<string>
}
