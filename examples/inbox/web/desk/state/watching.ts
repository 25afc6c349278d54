import { effect, signal } from '@preact/signals'
import { tell, type Watching } from '../api.ts'
import { pane, screen, selected } from './place.ts'

/** Colleagues at conversations: who looks, and who writes. */
const present = signal<ReadonlyMap<string, ReadonlyMap<string, boolean>>>(new Map())

export interface Colleague {
  readonly agent: string
  readonly writing: boolean
}

/** Who else is at a conversation now; whoever writes comes first. */
export const watchersOf = (id: string): ReadonlyArray<Colleague> =>
  [...(present.value.get(id) ?? [])]
    .map(([agent, writing]) => ({ agent, writing }))
    .sort((a, b) => Number(b.writing) - Number(a.writing))

export const heardWatching = ({ conversation, agent, on, writing }: Watching): void => {
  const there = new Map(present.value.get(conversation))
  if (on) there.set(agent, writing)
  else there.delete(agent)
  const next = new Map(present.value)
  if (there.size === 0) next.delete(conversation)
  else next.set(conversation, there)
  present.value = next
}

/** The stream that this window hears now: what it looks at is held by it, and let go when it ends. */
const stream = signal('')
const visible = signal(document.visibilityState === 'visible')

/** A new stream begins: nothing that was heard before it counts. Answers with its name. */
export const beginStream = (): string => {
  present.value = new Map()
  const name = crypto.randomUUID()
  stream.value = ''
  return name
}

/** It is open: from now on what this window looks at can be held by it. */
export const streamOpen = (name: string): void => {
  stream.value = name
}

/** Tells colleagues which conversation is on this screen. */
export const followLooking = (): void => {
  document.addEventListener('visibilitychange', () => {
    visible.value = document.visibilityState === 'visible'
  })
  let told: string | null = null
  let by = ''
  effect(() => {
    const shown = pane.value === 'thread' || window.innerWidth >= 720
    const looking = visible.value && shown && screen.value === null ? selected.value : null
    const name = stream.value
    if (name === '' || (name === by && looking === told)) return
    told = looking
    by = name
    void tell('/api/look', { window: name, conversation: looking })
  })
}
