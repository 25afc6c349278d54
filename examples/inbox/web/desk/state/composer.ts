import { signal } from '@preact/signals'
import type { Mode } from './drafts.ts'
import { focusAfter, nextPicture } from './focus.ts'

export const mode = signal<Mode>('reply')

/** Brings the pen to the composer, for an answer or for a note. */
export const write = (as: Mode): void => {
  mode.value = as
  // At once: who types on at once must not press keys of the desk. It may also come, or open, with the next picture only.
  document.querySelector<HTMLTextAreaElement>('#composer')?.focus()
  void focusAfter(nextPicture(), '#composer')
}
