import type { ContactView } from '@guichet/engine'
import { setup } from '../../state/workspace.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { countryName, currencyName, languageName } from '../details/named.ts'

export interface Gain {
  readonly label: string
  readonly value: string
}

/** What one contact would have after the other went into it, and has not now. */
export const gainsOf = (into: ContactView, from: ContactView): ReadonlyArray<Gain> => {
  const words = p()
  const named = (label: string, mine: string | null, theirs: string | null): ReadonlyArray<Gain> =>
    mine === null && theirs !== null ? [{ label, value: theirs }] : []
  const listed = (label: string, mine: ReadonlyArray<string>, theirs: ReadonlyArray<string>): ReadonlyArray<Gain> => {
    const has = new Set(mine.map((one) => one.toLowerCase()))
    const fresh = theirs.filter((one) => !has.has(one.toLowerCase()))
    return fresh.length === 0 ? [] : [{ label, value: fresh.join(', ') }]
  }
  const addresses = ({ identities }: ContactView): ReadonlyArray<string> => identities.map(({ address }) => address)
  return [
    ...named(words.name, into.name, from.name),
    ...named(words.firstName, into.firstName, from.firstName),
    ...listed(t().email, into.emails, from.emails),
    ...listed(t().phone, into.phones, from.phones),
    ...(into.kind === 'visitor' && from.kind !== 'visitor'
      ? [{ label: words.kind, value: words[`kind_${from.kind}`] }]
      : []),
    ...named(words.language, into.language, languageName(from.language)),
    ...named(words.country, into.country, countryName(from.country)),
    ...named(words.currency, into.currency, currencyName(from.currency)),
    ...named(words.timeZone, into.timeZone, from.timeZone),
    ...named(words.company, into.companyName, from.companyName),
    ...named(words.record, into.recordUrl, from.recordUrl),
    ...Object.entries(from.custom)
      .filter(([id]) => into.custom[id] === undefined)
      .map(([id, value]) => ({
        label: setup.value?.attributes.find((one) => one.id === id)?.name ?? id,
        value: typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value),
      })),
    ...listed(words.identities, addresses(into), addresses(from)),
  ]
}
