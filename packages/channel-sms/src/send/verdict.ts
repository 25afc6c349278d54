import type { RejectedBecause } from '@guichet/engine/ports'

/**
 * What to do about an error of a provider, by its code.
 * - `throttle`: too much at once, also for every other message of the account; `again`: the same may work in a while.
 * - `uncertain`: nobody knows whether it was sent.
 * - `refused`, or one of the port's reasons: it would be refused again.
 */
export type Verdict = 'throttle' | 'again' | 'uncertain' | 'refused' | RejectedBecause

/** The verdicts of one provider, by code. */
export type Verdicts = Readonly<Record<string, Verdict>>

/** Writes a table by its verdicts: each with the codes that it is about. */
export const verdicts = (by: Readonly<Partial<Record<Verdict, ReadonlyArray<string | number>>>>): Verdicts =>
  Object.fromEntries(
    Object.entries(by).flatMap(([verdict, codes]) => codes.map((code) => [String(code), verdict as Verdict])),
  )
