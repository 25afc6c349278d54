import type { FeedItem } from '@guichet/engine'
import { effect, signal } from '@preact/signals'
import { as } from '../api.ts'
import { conversation } from './conversations.ts'
import { screen, selected } from './place.ts'

/** What may be heard. */
export const ringEvents = ['message', 'mine', 'offer', 'mention'] as const
export type RingEvent = (typeof ringEvents)[number]

export const volumes = ['off', 'low', 'middle', 'high'] as const
export type Volume = (typeof volumes)[number]
const loudness: Readonly<Record<Volume, number>> = { off: 0, low: 0.03, middle: 0.09, high: 0.22 }

const keptVolume = localStorage.getItem('guichet.volume')
const keptEvents = localStorage.getItem('guichet.rings')?.split(',')

export const volume = signal<Volume>(volumes.find((one) => one === keptVolume) ?? 'low')
export const rings = signal<ReadonlyArray<RingEvent>>(ringEvents.filter((one) => keptEvents?.includes(one) ?? true))
effect(() => localStorage.setItem('guichet.volume', volume.value))
effect(() => localStorage.setItem('guichet.rings', rings.value.join(',')))

/** How many things came while nobody looked at this window. */
const missed = signal(0)

let sound: AudioContext | null = null
// A page may only sound once somebody has touched it, perhaps before this came.
if (navigator.userActivation?.hasBeenActive) sound = new AudioContext()
for (const gesture of ['pointerdown', 'keydown'] as const) {
  document.addEventListener(gesture, () => void (sound ??= new AudioContext()).resume(), { once: true })
}

/** Two short notes, made here: no file, and never louder than chosen. */
const play = (context: AudioContext, peak: number): void => {
  for (const [at, pitch] of [
    [0, 660],
    [0.13, 880],
  ] as const) {
    const [note, gain] = [context.createOscillator(), context.createGain()]
    const begin = context.currentTime + at
    note.frequency.value = pitch
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(peak, begin + 0.02)
    gain.gain.exponentialRampToValueAtTime(0.0001, begin + 0.3)
    note.connect(gain).connect(context.destination)
    note.start(begin)
    note.stop(begin + 0.32)
  }
}

/** So long the window that rings keeps the others of the same agent silent, in milliseconds. */
const hush = 1200

const rungFor = `guichet.rung.${as}`
/** How many of the last things that were rung for are kept. */
const keptRings = 20

/** Whether another window of this agent has rung for it, however long ago this one would have heard of it. */
const hasRung = (item: FeedItem & { readonly _tag: 'Entry' }): boolean => {
  // After the demonstration was begun anew, the same positions hold other things.
  const name = `${item.position}/${item.entry.at}`
  const rung = (localStorage.getItem(rungFor) ?? '').split(' ')
  if (rung.includes(name)) return true
  localStorage.setItem(rungFor, [name, ...rung].slice(0, keptRings).join(' '))
  return false
}

/** Several windows hear of the same thing: the first rings, and when it is at the same moment, one of them. */
const ring = (): void => {
  if (volume.value === 'off') return
  void navigator.locks.request(`guichet.ring.${as}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    performance.mark('guichet.ring')
    if (sound !== null && sound.state === 'running') play(sound, loudness[volume.value])
    await new Promise((resolve) => setTimeout(resolve, hush))
  })
}

export const sample = (): void => {
  if (sound !== null) play(sound, loudness[volume.value])
}

const looking = (id: string): boolean =>
  document.visibilityState === 'visible' && document.hasFocus() && selected.value === id && screen.value === null

/** What an entry is to the agent of this window; null when it is nothing to be told of. */
const heardAs = (item: FeedItem): RingEvent | null => {
  if (item._tag !== 'Entry') return null
  const { what, actor } = item.entry
  if (actor.kind === 'agent' && actor.id === as) return null
  switch (what._tag) {
    case 'MessageReceived': {
      const summary = conversation(item.conversation)
      if (summary?.status === 'spam' || summary?.control === 'bot') return null
      return summary?.owner === as ? 'mine' : summary?.owner === null || summary === undefined ? 'message' : null
    }
    case 'NoteAdded':
    case 'MessageSent':
      return what.message.mentions?.includes(as) === true ? 'mention' : null
    case 'Offered':
      return what.agents.includes(as) ? 'offer' : null
    default:
      return null
  }
}

/** Rings and counts, unless it is before somebody's eyes. */
export const alertOf = (item: FeedItem): void => {
  const event = heardAs(item)
  if (event === null || item._tag !== 'Entry' || looking(item.conversation)) return
  if (document.visibilityState !== 'visible' || !document.hasFocus()) missed.value += 1
  if (rings.value.includes(event) && !hasRung(item)) ring()
}

const seen = (): void => {
  if (document.visibilityState === 'visible') missed.value = 0
}
document.addEventListener('visibilitychange', seen)
window.addEventListener('focus', seen)
window.addEventListener('pointerdown', seen)
window.addEventListener('keydown', seen)

const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
effect(() => {
  document.title = `${missed.value > 0 ? `(${missed.value}) ` : ''}Guichet`
  if (icon !== null) icon.href = missed.value > 0 ? '/favicon-new.svg' : '/favicon.svg'
})
