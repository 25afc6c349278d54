import { signal } from '@preact/signals'
import type { Mode } from './drafts.ts'

export const mode = signal<Mode>('reply')

/** Brings the pen to the composer, for an answer or for a note. */
export const write = (as: Mode): void => {
  mode.value = as
  requestAnimationFrame(() => document.querySelector<HTMLTextAreaElement>('#composer')?.focus())
}
