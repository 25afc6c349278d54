import type { Tab } from '@guichet/engine/domain'
import { tabs } from './tabs.ts'
import { batch, effect, signal } from '@preact/signals'
import { type Filters, filtersIn, putFilters } from './filters.ts'

export interface Place {
  readonly tab: Tab
  readonly queue: string | null
  readonly department: string | null
  /** The saved view that this is, as long as nothing was changed in it. */
  readonly saved: string | null
  readonly filters: Filters
}

/** A page of its own beside the conversations; what it shows is part of its address. */
export const screenNames = [
  'search',
  'contacts',
  'contact',
  'tags',
  'blocks',
  'reports',
  'queues',
  'templates',
] as const
export type ScreenName = (typeof screenNames)[number]
export interface Screen {
  readonly name: ScreenName
  readonly of: Readonly<Record<string, string>>
}

const query = new URLSearchParams(location.search)
const ofPrefix = 'v.'

/** The screen that an address leads to; null for the conversations. */
export const screenIn = (params: URLSearchParams): Screen | null => {
  const name = screenNames.find((one) => one === params.get('view'))
  if (name === undefined) return null
  const of = [...params].filter(([key]) => key.startsWith(ofPrefix)).map(([key, value]) => [key.slice(2), value])
  return { name, of: Object.fromEntries(of) }
}

export const screen = signal<Screen | null>(screenIn(query))

/** The list that an address leads to. */
export const placeIn = (params: URLSearchParams): Place => ({
  tab: tabs.find((tab) => tab === params.get('tab')) ?? 'open',
  queue: params.get('queue'),
  department: params.get('department'),
  saved: params.get('saved'),
  filters: filtersIn(params),
})

/** What the list shows. Kept in the address, so that a reload comes back to it. */
export const place = signal<Place>(placeIn(query))

export const isSamePlace = (a: Place, b: Place): boolean => {
  const [one, two] = [a, b].map((which) => {
    const params = new URLSearchParams()
    putFilters(params, which.filters)
    return JSON.stringify([which.tab, which.queue, which.department, which.saved, params.toString()])
  })
  return one === two
}

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

let begun = false
let replacing = false

/** Where somebody goes is a step that the browser's back button undoes; what narrows a screen or only leads on is none. */
effect(() => {
  const params = new URLSearchParams(location.search)
  const before = params.toString()
  const put = (name: string, value: string | null) => (value === null ? params.delete(name) : params.set(name, value))
  put('tab', place.value.tab)
  put('queue', place.value.queue)
  put('department', place.value.department)
  put('saved', place.value.saved)
  putFilters(params, place.value.filters)
  put('c', selected.value)
  const stale = [...params.keys()].filter((key) => key.startsWith(ofPrefix))
  for (const key of stale) params.delete(key)
  put('view', screen.value?.name ?? null)
  for (const [key, value] of Object.entries(screen.value?.of ?? {})) if (value !== '') put(`${ofPrefix}${key}`, value)
  if (params.toString() !== before) {
    history[begun && !replacing ? 'pushState' : 'replaceState'](null, '', `?${params}`)
  }
  begun = true
})

export const openScreen = (name: ScreenName, of: Screen['of'] = {}): void =>
  batch(() => {
    screen.value = { name, of }
    navShown.value = false
  })

/** Goes somewhere without a step of its own: the back button leads to where one was before. */
export const replace = (go: () => void): void => {
  replacing = true
  go()
  replacing = false
}

/** Changes what the open screen shows. */
export const narrowScreen = (change: Screen['of']): void => {
  const opened = screen.value
  if (opened === null) return
  replace(() => {
    screen.value = { ...opened, of: { ...opened.of, ...change } }
  })
}

/** Back to the conversations, as they were left. */
export const leaveScreen = (): void => {
  screen.value = null
}

export const goTo = (next: Partial<Place>): void =>
  batch(() => {
    screen.value = null
    place.value = { tab: place.value.tab, queue: null, department: null, saved: null, filters: {}, ...next }
    navShown.value = false
    pane.value = 'list'
  })

/** Narrows the list, or widens it again: what is undefined is left out. It is no longer the saved view that it was. */
export const narrow = (change: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }): void => {
  const filters = Object.fromEntries(
    Object.entries({ ...place.value.filters, ...change }).filter(([, value]) => value !== undefined),
  )
  place.value = { ...place.value, saved: null, filters }
}
