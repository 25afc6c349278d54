import { effect, signal } from '@preact/signals'

export const languages = ['fr', 'en'] as const
export type Language = (typeof languages)[number]
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = <A extends string>(key: string, all: ReadonlyArray<A>, fallback: A): A => {
  const asked = new URLSearchParams(location.search).get(key) ?? localStorage.getItem(`guichet.${key}`)
  return all.find((one) => one === asked) ?? fallback
}

export const language = signal<Language>(kept('lang', languages, navigator.language.startsWith('fr') ? 'fr' : 'en'))
export const theme = signal<Theme>(kept('theme', themes, 'auto'))
export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]
/** How much fits on a screen. */
export const density = signal<Density>(kept('density', densities, 'comfortable'))
/** WCAG 2.1.4: single letters as shortcuts can be switched off. */
export const letterKeys = signal(kept('keys', ['on', 'off'], 'on') === 'on')

effect(() => {
  document.documentElement.lang = language.value
  localStorage.setItem('guichet.lang', language.value)
})
effect(() => {
  if (theme.value === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.value
  localStorage.setItem('guichet.theme', theme.value)
})
effect(() => {
  localStorage.setItem('guichet.keys', letterKeys.value ? 'on' : 'off')
})
effect(() => {
  document.documentElement.dataset['density'] = density.value
  localStorage.setItem('guichet.density', density.value)
})
