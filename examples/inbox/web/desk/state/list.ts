import type { ListOptions } from '@guichet/engine'
import type { Tab, TabCounts } from '@guichet/engine/domain'
import { computed, effect, signal } from '@preact/signals'
import { as, ask, type ConversationPage, type Summary, tell } from '../api.ts'
import { conversation, learn } from './conversations.ts'
import { isPending } from './patches.ts'
import { type Place, place } from './place.ts'
import { inTurn } from './turns.ts'
import { loadSetup } from './workspace.ts'

const pageSize = 50
const most = 200

const ids = signal<ReadonlyArray<string>>([])
export const counts = signal<TabCounts | null>(null)
export const next = signal<string | null>(null)
export const listState = signal<'loading' | 'ready' | 'failed'>('loading')

/** While somebody is aiming at a row, rows stay where they are: their order then, or null. */
const held = signal<ReadonlyArray<string> | null>(null)

/** Whether a row still belongs where it stands, now that something was done to it here. */
const belongs = (summary: Summary, tab: Tab): boolean => {
  switch (tab) {
    case 'open':
    case 'unanswered':
    case 'internal':
      return summary.status === 'open'
    case 'mine':
      return summary.owner === as && summary.status === 'open'
    case 'unassigned':
      return summary.owner === null && summary.status === 'open'
    case 'mentions':
      return summary.status === 'open' || summary.status === 'pending'
    case 'pending':
    case 'closed':
    case 'spam':
    case 'archived':
      return summary.status === tab
    case 'automated':
    case 'all':
      return true
  }
}

/** The rows of the list, without those that an act of this window has just sent away. */
export const rows = computed<ReadonlyArray<Summary>>(() => {
  const order = held.value
  return (order ?? ids.value).flatMap((id) => {
    const summary = conversation(id)
    if (summary === undefined) return []
    // What a colleague has sent away stays under the pointer; what was done here is seen to be done.
    return (order !== null && !isPending(id)) || belongs(summary, place.value.tab) ? [summary] : []
  })
})

/** Whether rows are kept where they are. */
export const isHeld = computed(() => held.value !== null)

// An act of this window takes its row away for good, also while the others keep their places.
effect(() => {
  const order = held.value
  if (order === null) return
  const left = order.filter((id) => {
    const summary = conversation(id)
    return summary === undefined || !isPending(id) || belongs(summary, place.value.tab)
  })
  if (left.length < order.length) held.value = left
})

/** How many have come while the order was held. */
export const arrived = computed(() => {
  const order = held.value
  return order === null ? 0 : ids.value.filter((id) => !order.includes(id)).length
})

let release: ReturnType<typeof setTimeout> | undefined
/** Somebody moves the pointer over the list: nothing moves under it until it has rested. */
export const holdOrder = (): void => {
  if (held.value === null) held.value = ids.value
  clearTimeout(release)
  release = setTimeout(releaseOrder, 2500)
}
export const releaseOrder = (): void => {
  clearTimeout(release)
  held.value = null
}

/** What the list asks the engine for. */
export const optionsOf = ({ tab, queue, department, filters }: Place): Omit<ListOptions, 'after' | 'limit'> => ({
  ...filters,
  tab,
  ...(queue === null ? {} : { queue }),
  ...(department === null ? {} : { department }),
})

/** The same for places that show the same. */
export const keyOf = (asked: Place): string => JSON.stringify(optionsOf(asked))
const isShown = (asked: Place): boolean => asked === place.value || keyOf(asked) === keyOf(place.value)

const queryOf = (asked: Place) => {
  const { signal: _, ...query } = optionsOf(asked)
  return query
}

/** Whether the list is up to date now. */
const load = async (): Promise<boolean> => {
  const asked = place.value
  const limit = Math.min(most, Math.max(pageSize, ids.value.length))
  const answer = await ask<ConversationPage>('/api/conversations', { ...queryOf(asked), limit })
  // Going elsewhere has asked for what is there.
  if (!isShown(asked)) return true
  if (!answer.ok) {
    if (listState.value === 'loading') listState.value = 'failed'
    return false
  }
  learn(answer.value.items)
  ids.value = answer.value.items.map(({ id }) => id)
  next.value = answer.value.next
  counts.value = answer.value.counts
  listState.value = 'ready'
  return true
}

let waiting: Promise<void> | undefined
let retry: ReturnType<typeof setTimeout> | undefined
const shortPause = 1000
/** Until a list that could not be had is asked for again, in milliseconds; longer each time. */
let pause = shortPause

/** Brings list and counts up to date. Calls while one runs become one more, and end with it. What fails is tried again. */
export const refresh = (): Promise<void> =>
  (waiting ??= inTurn('the list', async () => {
    waiting = undefined
    clearTimeout(retry)
    const [current] = await Promise.all([load(), loadSetup()])
    if (!current) retry = setTimeout(refresh, pause)
    pause = current ? shortPause : Math.min(2 * pause, 30_000)
  }))

let loadingMore = false
export const loadMore = async (): Promise<void> => {
  const asked = place.value
  const after = next.value
  if (after === null || loadingMore) return
  loadingMore = true
  const answer = await ask<ConversationPage>('/api/conversations', { ...queryOf(asked), after, limit: pageSize })
  loadingMore = false
  if (!answer.ok || !isShown(asked)) return
  learn(answer.value.items)
  ids.value = [...new Set([...ids.value, ...answer.value.items.map(({ id }) => id)])]
  next.value = answer.value.next
}

export const markAllRead = async (): Promise<void> => {
  await tell('/api/conversations/markAllRead', {}, queryOf(place.value))
  await refresh()
}

let shownKey = keyOf(place.value)
effect(() => {
  const key = keyOf(place.value)
  if (shownKey === key) return
  shownKey = key
  held.value = null
  ids.value = []
  next.value = null
  listState.value = 'loading'
  void refresh()
})
