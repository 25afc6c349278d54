import { effect, signal } from '@preact/signals'

const key = 'guichet.nav'

/** Whether the navigation keeps its place; otherwise it is a rail of icons. */
export const navPinned = signal(localStorage.getItem(key) !== 'rail')

effect(() => localStorage.setItem(key, navPinned.value ? 'pinned' : 'rail'))
