import type { ListOptions } from '@guichet/engine'

/** What can narrow a list beside its tab and its queue: the conditions that the engine knows, by its names. */
export type Filters = Pick<
  ListOptions,
  'channel' | 'account' | 'owner' | 'tag' | 'flag' | 'lastBy' | 'unread' | 'from' | 'to'
>
export type FilterName = keyof Filters

export const filterNames = [
  'unread',
  'owner',
  'channel',
  'account',
  'lastBy',
  'tag',
  'flag',
  'from',
  'to',
] as const satisfies ReadonlyArray<FilterName>

const prefix = 'f.'

/** Filters as an address has them. */
export const filtersIn = (params: URLSearchParams): Filters => {
  const found: Record<string, unknown> = {}
  for (const name of filterNames) {
    const text = params.get(prefix + name)
    if (text === null || text === '') continue
    if (name === 'unread') found[name] = true
    else if (name === 'from' || name === 'to') {
      if (Number.isFinite(Number(text))) found[name] = Number(text)
    } else found[name] = text
  }
  return found as Filters
}

/** Writes filters into an address, over those that were there. */
export const putFilters = (params: URLSearchParams, filters: Filters): void => {
  for (const name of filterNames) {
    const value = filters[name]
    if (value === undefined) params.delete(prefix + name)
    else params.set(prefix + name, String(value))
  }
}

export const isNarrowed = (filters: Filters): boolean => filterNames.some((name) => filters[name] !== undefined)
