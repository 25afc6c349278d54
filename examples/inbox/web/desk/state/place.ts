import type { Tab } from '@guichet/engine/domain'
import { effect, signal } from '@preact/signals'

export type Filter = 'mine' | 'unread' | 'unassigned'

export interface Place {
  readonly tab: Tab
  readonly queue: string | null
  readonly filter: Filter | null
}

const query = new URLSearchParams(location.search)

/** What the list shows. Kept in the address, so that a reload comes back to it. */
export const place = signal<Place>({
  tab: (query.get('tab') as Tab | null) ?? 'open',
  queue: query.get('queue'),
  filter: query.get('filter') as Filter | null,
})

/** The open conversation. */
export const selected = signal<string | null>(query.get('c'))

/** On a narrow screen one column shows at a time. */
export const pane = signal<'list' | 'thread'>(query.get('c') === null ? 'list' : 'thread')
export const navShown = signal(false)
export const detailsShown = signal(
  localStorage.getItem('guichet.details') === null
    ? window.innerWidth >= 1180
    : localStorage.getItem('guichet.details') === 'yes' && window.innerWidth >= 1180,
)

effect(() => {
  if (window.innerWidth >= 1180) localStorage.setItem('guichet.details', detailsShown.value ? 'yes' : 'no')
})

effect(() => {
  const params = new URLSearchParams(location.search)
  const put = (name: string, value: string | null) => (value === null ? params.delete(name) : params.set(name, value))
  put('tab', place.value.tab)
  put('queue', place.value.queue)
  put('filter', place.value.filter)
  put('c', selected.value)
  history.replaceState(null, '', `?${params}`)
})

export const goTo = (next: Partial<Place>): void => {
  place.value = { tab: place.value.tab, queue: null, filter: null, ...next }
  navShown.value = false
  pane.value = 'list'
}
