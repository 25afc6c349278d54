import type { FeedItem } from '@guichet/engine'
import { effect, signal } from '@preact/signals'

/** The drawer that shows what the engine does. */
export const underTabs = ['journal', 'calls', 'refusals', 'work'] as const
export type UnderTab = (typeof underTabs)[number]

const kept = localStorage.getItem('guichet.under')

export const underOpen = signal(false)
export const underTab = signal<UnderTab>(underTabs.find((one) => one === kept) ?? 'journal')
effect(() => {
  localStorage.setItem('guichet.under', underTab.value)
})

let back: HTMLElement | null = null

export const toggleUnder = (): void => {
  if (underOpen.value) return closeUnder()
  back = document.activeElement instanceof HTMLElement ? document.activeElement : null
  underOpen.value = true
}

/** Closes, and gives the focus back to where it came from. */
export const closeUnder = (): void => {
  underOpen.value = false
  back?.focus()
}

/** What happened, newest first, as far as the agent of this window may see it. */
export const journal = signal<ReadonlyArray<FeedItem>>([])
const keptItems = 200

const newestFirst = (items: ReadonlyArray<FeedItem>): ReadonlyArray<FeedItem> =>
  [...new Map(items.map((item) => [item.position, item])).values()]
    .sort((a, b) => b.position - a.position)
    .slice(0, keptItems)

/** How far the stream is: what is due may have changed whenever this does. */
export const moved = signal(0)

export const keepInJournal = (...items: ReadonlyArray<FeedItem>): void => {
  journal.value = newestFirst([...journal.value, ...items])
  moved.value += 1
}
