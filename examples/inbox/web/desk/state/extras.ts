import type { RichPart } from '@guichet/engine/domain'
import { signal } from '@preact/signals'
import { as } from '../api.ts'

/** What goes with the words of an answer that is being written. */
export interface Extras {
  readonly parts: ReadonlyArray<RichPart>
  readonly quote: number | null
  /** As it was typed; null while nobody wants a copy. */
  readonly cc: string | null
  readonly replyTo: 'account' | 'agent'
}

export const noExtras: Extras = { parts: [], quote: null, cc: null, replyTo: 'account' }

const prefix = `guichet.extras.${as}.`

const stored = (): ReadonlyMap<string, Extras> =>
  new Map(
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), { ...noExtras, ...JSON.parse(localStorage.getItem(key) ?? '{}') }]),
  )

const kept = signal(stored())

export const extrasOf = (id: string): Extras => kept.value.get(id) ?? noExtras

/** Kept in this browser: they survive going elsewhere and a reload, as the words do. */
export const setExtras = (id: string, change: Partial<Extras>): void => {
  const next = { ...extrasOf(id), ...change }
  const same = JSON.stringify(next) === JSON.stringify(noExtras)
  const all = new Map(kept.value)
  if (same) {
    all.delete(id)
    localStorage.removeItem(prefix + id)
  } else {
    all.set(id, next)
    localStorage.setItem(prefix + id, JSON.stringify(next))
  }
  kept.value = all
}

export const addPart = (id: string, part: RichPart): void => setExtras(id, { parts: [...extrasOf(id).parts, part] })

/** Addresses as people type them: with commas, semicolons or spaces between them. */
export const addressesIn = (typed: string | null): ReadonlyArray<string> =>
  (typed ?? '').split(/[\s,;]+/).filter((one) => one !== '')
