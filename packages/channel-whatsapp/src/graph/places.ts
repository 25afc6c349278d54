import { moneyText } from '@guichet/engine/domain'

/** So many places are between the whole unit of a currency, which prices come in, and its smallest, which amounts are in. */
export const placesOf = (currency: string): number =>
  /\.(\d+)/.exec(moneyText({ amount: 0, currency }))?.[1]?.length ?? 0
