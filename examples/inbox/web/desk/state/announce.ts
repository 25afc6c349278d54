import { signal } from '@preact/signals'

/** What a screen reader says next. History is never read aloud, only what arrives. */
export const announced = signal('')

export const announce = (text: string): void => {
  announced.value = text
}
