// From the tests that ran to what is kept.
import { type Guarantee, idsOf } from './promises.ts'

/** What is read of a report by vitest's JSON reporter. */
export interface Report {
  readonly testResults: ReadonlyArray<{
    readonly assertionResults: ReadonlyArray<{
      readonly ancestorTitles: ReadonlyArray<string>
      readonly title: string
      readonly status: string
    }>
  }>
}

export interface Proof {
  readonly name: string
  readonly passed: boolean
  /** The store it ran on, when its title or a group around it says so. */
  readonly store: string | undefined
}

export interface Verdict {
  readonly id: string
  readonly title: string
  readonly status: 'kept' | 'open'
  /** How many tests name it. */
  readonly tests: number
  /** On which all of them passed. */
  readonly stores: ReadonlyArray<string>
}

/** `G01 one conversation on memory`, or a group named `memory` or `on memory`. */
const storeName = /^(memory|sqlite|postgres)$|\bon (memory|sqlite|postgres)\b/i

const storeOf = (ancestors: ReadonlyArray<string>, title: string): string | undefined =>
  [...ancestors, title]
    .flatMap((name) => storeName.exec(name)?.slice(1) ?? [])
    .find((name) => name !== undefined)
    ?.toLowerCase()

/** The proofs of each id. The title of a test or of a group around it may name it. */
export const proofsById = (report: Report): ReadonlyMap<string, ReadonlyArray<Proof>> => {
  const found = new Map<string, ReadonlyArray<Proof>>()
  for (const { ancestorTitles, title, status } of report.testResults.flatMap((file) => file.assertionResults)) {
    for (const id of new Set([...ancestorTitles, title].flatMap(idsOf))) {
      const store = storeOf(ancestorTitles, title)
      found.set(id, [
        ...(found.get(id) ?? []),
        { name: [...ancestorTitles, title].join(' > '), passed: status === 'passed', store },
      ])
    }
  }
  return found
}

/** Why something with tests is still open, for whoever has to close it. */
export const reasonsOf = (
  { id, stores: wanted }: Pick<Guarantee, 'id' | 'stores'>,
  proofs: ReadonlyMap<string, ReadonlyArray<Proof>>,
): ReadonlyArray<string> => {
  const all = proofs.get(id) ?? []
  if (all.length === 0) return []
  return [
    ...all.filter(({ passed }) => !passed).map(({ name }) => `${id} did not pass: ${name}`),
    ...wanted
      .filter((store) => all.every((proof) => proof.store !== store))
      .map((store) => `${id} has no test on ${store}`),
  ]
}

/** Kept: at least one test, all of them passed, and on every store that the guarantee has to hold on. */
export const verdictOf = (
  { id, title, stores: wanted }: Pick<Guarantee, 'id' | 'title' | 'stores'>,
  proofs: ReadonlyMap<string, ReadonlyArray<Proof>>,
): Verdict => {
  const all = proofs.get(id) ?? []
  const named = [...new Set(all.flatMap(({ store }) => (store === undefined ? [] : [store])))]
  const stores = named.filter((store) => all.every((proof) => proof.store !== store || proof.passed)).sort()
  const kept = all.length > 0 && all.every(({ passed }) => passed) && wanted.every((store) => stores.includes(store))
  return { id, title, status: kept ? 'kept' : 'open', tests: all.length, stores }
}
