import type { RejectedBecause, SendOutcome } from '@guichet/engine/ports'

/**
 * What to do about an error of a provider, by its code.
 * - `throttle`: too much at once, also for every other message of the account; `again`: the same may work in a while.
 * - `uncertain`: nobody knows whether it was sent.
 * - `refused`, or one of the port's reasons: it would be refused again.
 */
export type Verdict = 'throttle' | 'again' | 'uncertain' | 'refused' | RejectedBecause

/** The verdicts of one provider, by code. */
export type Verdicts = Readonly<Record<string, Verdict>>

/** The port's reason, where the verdict is one: it says something of other messages as well. */
export const becauseOf = (verdict: Verdict): RejectedBecause | undefined => {
  switch (verdict) {
    case 'throttle':
    case 'again':
    case 'uncertain':
    case 'refused':
      return undefined
    default:
      return verdict
  }
}

/** The table with further codes of a provider that say that the customer has opted out. */
export const withOptOuts = (table: Verdicts, codes: ReadonlyArray<string> = []): Verdicts => ({
  ...table,
  ...verdicts({ optedOut: codes }),
})

/** Writes a table by its verdicts: each with the codes that it is about. */
export const verdicts = (by: Readonly<Partial<Record<Verdict, ReadonlyArray<string | number>>>>): Verdicts =>
  Object.fromEntries(
    Object.entries(by).flatMap(([verdict, codes]) => codes.map((code) => [String(code), verdict as Verdict])),
  )

/** What became of a send that was answered with an error. `afterMs`: how long to wait, where somebody says. */
export const judged = (
  verdict: Verdict,
  { code, reason, afterMs }: { readonly code: string; readonly reason: string; readonly afterMs?: number | undefined },
): SendOutcome => {
  const after = afterMs === undefined ? {} : { afterMs }
  switch (verdict) {
    case 'throttle':
      return { _tag: 'Retry', reason, ...after, scope: 'account' }
    case 'again':
      return { _tag: 'Retry', reason, ...after }
    case 'uncertain':
      return { _tag: 'Ambiguous', reason }
    case 'refused':
      return { _tag: 'Rejected', code, reason }
    default:
      return { _tag: 'Rejected', code, reason, because: verdict }
  }
}
