import type { FeedItem } from '@guichet/engine'
import { signal } from '@preact/signals'
import { address, type Typing, type Watching } from '../api.ts'
import { contactChanged } from './contacts.ts'
import { refresh } from './list.ts'
import { resend } from './outbox.ts'
import { selected } from './place.ts'
import { type Scene, sceneIs } from './scene.ts'
import { catchUp, delivered, readIfLooking, threads } from './thread.ts'
import { beginStream, heardWatching, streamOpen } from './watching.ts'
import { keepInJournal } from './under.ts'

/** Since when the stream is down; null while it flows. */
export const lostAt = signal<number | null>(null)
/** Who types where. */
export const typing = signal<ReadonlyMap<string, Typing>>(new Map())

/** A typing signal that is not repeated is over. */
const typingEnds = 8000
const ends = new Map<string, ReturnType<typeof setTimeout>>()

const hear = (heard: Typing): void => {
  const next = new Map(typing.value)
  clearTimeout(ends.get(heard.conversation))
  if (heard.on) {
    next.set(heard.conversation, heard)
    ends.set(
      heard.conversation,
      setTimeout(() => hear({ ...heard, on: false }), typingEnds),
    )
  } else next.delete(heard.conversation)
  typing.value = next
}

let touched = new Set<string>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Entries come in bursts: one look at the list answers all of them. */
const touch = (conversation: string | null): void => {
  if (conversation !== null) touched.add(conversation)
  timer ??= setTimeout(async () => {
    const ids = touched
    touched = new Set()
    timer = undefined
    const opened = selected.value
    await Promise.all([refresh(), opened !== null && ids.has(opened) ? catchUp(opened) : undefined])
    if (opened !== null) await readIfLooking(opened)
  }, 40)
}

let position: number | null = null
let pause = 500
/** The server says something every 15 seconds: a line that is silent for longer than this is dead. */
const silence = 35_000
/** It says something as soon as it is asked: a line that is opened in vain for longer than this never opens. */
const opening = 10_000

const heard = (event: MessageEvent<string>): FeedItem => {
  const item = JSON.parse(event.data) as FeedItem
  position = item.position
  keepInJournal(item)
  // The sound comes after the first picture; without a network nothing is heard of either.
  void import('./ringing.ts').then(
    (ringing) => ringing.alertOf(item),
    () => undefined,
  )
  return item
}

const caughtUp = (event: MessageEvent<string>): void => {
  const ready = JSON.parse(event.data) as { readonly position: number; readonly scene: Scene }
  position ??= ready.position
  sceneIs(ready.scene)
  lostAt.value = null
  pause = 500
  void resend()
  // What came between what is here and the beginning of the stream is in neither.
  touch(selected.value)
}

/** Follows the journal from where this window left it, and goes on from there after every break. */
export const follow = (): void => {
  const stream = beginStream()
  const source = new EventSource(address('/api/feed', { since: position, window: stream }))
  let watchdog = setTimeout(() => lost(), opening)
  const lost = () => {
    source.close()
    clearTimeout(watchdog)
    window.removeEventListener('offline', lost)
    lostAt.value ??= Date.now()
    tryLater()
  }
  const alive = () => {
    clearTimeout(watchdog)
    watchdog = setTimeout(lost, silence)
  }
  const on = (name: string, listener: (event: MessageEvent<string>) => void) =>
    source.addEventListener(name, (event: MessageEvent<string>) => {
      alive()
      listener(event)
    })
  on('scene', (event) => sceneIs(JSON.parse(event.data) as Scene))
  // Somebody's reach has changed, perhaps this one's.
  on('look', () => touch(selected.value))
  on('ready', (event) => {
    streamOpen(stream)
    caughtUp(event)
  })
  on('watching', (event) => heardWatching(JSON.parse(event.data) as Watching))
  on('Entry', (event) => {
    const item = heard(event)
    if (item._tag !== 'Entry') return
    const typist = typing.value.get(item.conversation)
    if (typist?.by.id === item.entry.actor.id) hear({ ...typist, on: false })
    touch(item.conversation)
  })
  on('Delivery', (event) => {
    const report = heard(event)
    if (report._tag !== 'Delivery' || !threads.value.has(report.conversation)) return
    delivered(report.conversation, report.seq, report.delivery)
  })
  on('Contact', (event) => {
    const item = heard(event)
    if (item._tag === 'Contact') void contactChanged(item.contact)
    touch(null)
  })
  on('typing', (event) => hear(JSON.parse(event.data) as Typing))
  source.onerror = lost
  // An open stream only goes silent when the network does.
  window.addEventListener('offline', lost)
}

/** With growing pauses, and at once when the browser says that the network is back. */
const tryLater = (): void => {
  const again = () => {
    clearTimeout(retry)
    window.removeEventListener('online', again)
    follow()
  }
  const retry = setTimeout(again, pause * (0.5 + Math.random() / 2))
  pause = Math.min(pause * 2, 8000)
  window.addEventListener('online', again)
}
