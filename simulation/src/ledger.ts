/** What the world outside knows to be true, whatever the engine says: every promise is checked against it. */
export interface Ledger {
  /** What customers have written, by the provider's id, and whether the engine has said that it has it. */
  readonly posted: Map<string, { readonly body: string; acknowledged: boolean }>
  /** What agents have written, by its words, and what they were told. */
  readonly written: Map<string, 'accepted' | 'refused' | 'unknown'>
  /** What the provider has taken, by our key, in its order. */
  readonly taken: Array<{ readonly key: string; readonly text: string }>
  /** What the provider still has to say about it, and when it will. */
  readonly callbacks: Array<{ readonly at: number; readonly body: string }>
  readonly counts: Map<string, number>
}

export const newLedger = (): Ledger => ({
  posted: new Map(),
  written: new Map(),
  taken: [],
  callbacks: [],
  counts: new Map(),
})

export const count = (ledger: Ledger, what: string, by = 1): void => {
  ledger.counts.set(what, (ledger.counts.get(what) ?? 0) + by)
}
