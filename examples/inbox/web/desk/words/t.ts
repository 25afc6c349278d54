import { effect, signal } from '@preact/signals'
import { type Language, language } from '../../shared/preferences.ts'
import type { Words } from './fr.ts'

/** A desk speaks one language at a time, and only that one is fetched. */
const load: Readonly<Record<Language, () => Promise<Words>>> = {
  fr: () => import('./fr.ts').then(({ fr }) => fr),
  en: () => import('./en.ts').then(({ en }) => en),
}

const words = signal<Words | null>(null)

/** Resolves when there are words to show; nothing is shown before. */
export const wordsAreHere = new Promise<void>((resolve) => {
  effect(() => {
    const wanted = language.value
    void load[wanted]().then((fetched) => {
      if (language.peek() === wanted) words.value = fetched
      resolve()
    })
  })
})

/** The words of the chosen language. Reading it in a component makes the component follow a change. */
export const t = (): Words => {
  if (words.value === null) throw new Error('there are no words yet')
  return words.value
}
