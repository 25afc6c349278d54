import type { Wrong } from '../../../../tooling/faults/harness.ts'
import type { Handed } from './asked.ts'

/** What is known outside of the engines, and so what has to be so inside. */
export interface Ledger {
  /** The texts of customers' messages that were acknowledged, and of agents' answers. */
  readonly received: Set<string>
  readonly replied: Set<string>
  /** What the provider was given, for each text. */
  readonly handed: Map<string, ReadonlyArray<Handed>>
  /** What was seen to go wrong on the way. */
  readonly wrong: Wrong[]
}

export const openLedger = (): Ledger => ({ received: new Set(), replied: new Set(), handed: new Map(), wrong: [] })

/** A provider that knows keys takes a message once under each; the others take whatever they are given. */
export const takeIn = ({ handed }: Ledger, one: Handed): void => {
  const before = handed.get(one.text) ?? []
  if (one.account === 'exact' && before.some(({ key }) => key === one.key)) return
  handed.set(one.text, [...before, one])
}
