import { signal } from '@preact/signals'
import { as, ask, conversationPath, tell } from '../api.ts'

export type Mode = 'reply' | 'note'

const prefix = `guichet.draft.${as}.`
const keyOf = (id: string, mode: Mode): string => `${prefix}${mode}.${id}`

const stored = (): ReadonlyMap<string, string> =>
  new Map(
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key, localStorage.getItem(key) ?? '']),
  )

const texts = signal<ReadonlyMap<string, string>>(stored())

export const draftOf = (id: string, mode: Mode): string => texts.value.get(keyOf(id, mode)) ?? ''

const timers = new Map<string, { readonly hand: () => void; readonly timer: ReturnType<typeof setTimeout> }>()

const keepLocally = (id: string, mode: Mode, text: string): void => {
  const key = keyOf(id, mode)
  const next = new Map(texts.value)
  if (text === '') {
    localStorage.removeItem(key)
    next.delete(key)
  } else {
    localStorage.setItem(key, text)
    next.set(key, text)
  }
  texts.value = next
}

/** Kept here at once, and with the engine a moment later: it is there on another device. */
export const keepDraft = (id: string, mode: Mode, text: string): void => {
  keepLocally(id, mode, text)
  const key = keyOf(id, mode)
  const hand = () => {
    clearTimeout(timers.get(key)?.timer)
    timers.delete(key)
    void tell(conversationPath(id, '/draft'), { text, mode })
  }
  clearTimeout(timers.get(key)?.timer)
  timers.set(key, { hand, timer: setTimeout(hand, text === '' ? 0 : 600) })
}

/** Something was done with what had been typed by then; what was typed on meanwhile stays. */
export const takeFromDraft = (id: string, mode: Mode, typed: string, by = ''): void => {
  const text = draftOf(id, mode)
  if (text.startsWith(typed)) keepDraft(id, mode, by + text.slice(typed.length))
}

// Whoever leaves the page does not wait for that moment.
window.addEventListener('pagehide', () => {
  for (const { hand } of timers.values()) hand()
})

/** What was begun elsewhere, when nothing was begun here. */
export const fetchDraft = async (id: string, mode: Mode): Promise<void> => {
  if (draftOf(id, mode) !== '') return
  const answer = await ask<{ readonly text: string | null }>(conversationPath(id, '/draft'), { mode })
  if (answer.ok && answer.value.text !== null && draftOf(id, mode) === '') keepLocally(id, mode, answer.value.text)
}
