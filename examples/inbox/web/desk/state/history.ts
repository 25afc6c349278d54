import { batch, effect, untracked } from '@preact/signals'
import { isSamePlace, pane, place, placeIn, screen, screenIn, selected } from './place.ts'
import { catchUp, readIfLooking } from './thread.ts'

/** What the address says, after the browser went back or forward in it. */
const follow = (): void => {
  const params = new URLSearchParams(location.search)
  const id = params.get('c')
  batch(() => {
    screen.value = screenIn(params)
    const next = placeIn(params)
    // A place that is the same keeps its list, and where that was scrolled to.
    if (!isSamePlace(place.value, next)) place.value = next
    selected.value = id
    pane.value = id === null ? 'list' : 'thread'
  })
}

/** The browser's back and forward lead through the desk without a reload. */
export const followHistory = (): void => {
  window.addEventListener('popstate', follow)
  let shown: string | null = null
  let first = true
  effect(() => {
    const looking = screen.value === null ? selected.value : null
    if (!first && looking !== null && looking !== shown) {
      untracked(() => void catchUp(looking, true).then(() => readIfLooking(looking)))
    }
    shown = looking
    first = false
  })
}
