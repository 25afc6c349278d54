const defaultPage = 25
/** The most rows that one page has. */
export const largestPage = 200

/** Hosts pass on what stood in a query: what is no number asks for nothing in particular. */
export const pageSize = (limit: number | undefined): number =>
  typeof limit !== 'number' || Number.isNaN(limit) ? defaultPage : Math.max(1, Math.min(Math.trunc(limit), largestPage))

/** Where a page of conversations ends. */
interface PageEnd {
  readonly lastActivity: number
  readonly id: string
}

/** A page's end as text; anything that is not one of ours starts from the beginning. */
export const cursor = (after: string | undefined): PageEnd | undefined => {
  const match = typeof after !== 'string' ? null : /^(\d+):(.+)$/.exec(after)
  return match === null ? undefined : { lastActivity: Number(match[1]), id: match[2] ?? '' }
}

/** What `cursor` reads; null at the end of everything. */
export const cursorOf = (end: PageEnd | undefined): string | null =>
  end === undefined ? null : `${end.lastActivity}:${end.id}`
