import { commands } from '../commands.ts'
import { nextPicture } from '../state/focus.ts'
import { closeMenu, menu } from '../state/menus.ts'
import { detailsShown, leaveScreen, pane, screen } from '../state/place.ts'
import { markedRows, markNone } from '../state/selection.ts'
import { current, usable } from './command.ts'
import { typingIn } from './typing-in.ts'

/** Two letters in a row count as one key when the second comes within this time, in milliseconds. */
const chordTime = 900
let chord: { readonly first: string; readonly at: number } | null = null

const escape = (event: KeyboardEvent): void => {
  if (menu.value !== null) return closeMenu()
  // A dialog closes by itself, and what is behind it stays as it is.
  if (document.querySelector('dialog[open]') !== null) return
  if (screen.value !== null) {
    // The first one lets go of the field, the second leaves.
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) event.target.blur()
    else leaveScreen()
    return
  }
  if (event.target instanceof HTMLElement && event.target.matches('input, textarea')) {
    document.querySelector<HTMLElement>('#list')?.focus()
    return
  }
  if (detailsShown.value && window.innerWidth < 1180) {
    detailsShown.value = false
    return
  }
  if (markedRows.value.length > 0) return markNone()
  pane.value = 'list'
  document.querySelector<HTMLElement>('#list')?.focus()
}

/**
 * What was pressed, as commands name it. Letters by what they write, whatever Caps Lock says; signs without Shift: where
 * they need it depends on the keyboard.
 */
const pressed = (event: KeyboardEvent): string => {
  if (!/^\p{L}$/u.test(event.key)) return event.key
  const letter = event.key.toLowerCase()
  return event.shiftKey ? `shift+${letter}` : letter
}

const run = (key: string): boolean => {
  const command = commands.find((one) => one.key === key && usable(one))
  command?.run(current())
  return command !== undefined
}

/** What a key does that was pressed outside of every field. */
export const obey = (event: KeyboardEvent): void => {
  if (event.key === 'Escape') return escape(event)
  const key = pressed(event)
  if (chord !== null && event.timeStamp - chord.at < chordTime && run(`${chord.first} ${key}`)) {
    chord = null
    event.preventDefault()
    return
  }
  chord = commands.some((one) => one.key?.startsWith(`${key} `)) ? { first: key, at: event.timeStamp } : null
  if (run(key)) event.preventDefault()
}

const typeInto = (field: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** What was pressed before the commands were here, in its order. */
export const obeyLate = async (kept: KeyboardEvent[]): Promise<void> => {
  for (let event = kept.shift(); event !== undefined; event = kept.shift()) {
    const field = document.activeElement
    if (event.key === 'Escape') escape(event)
    // The one before it has just brought the pen to a field: it was meant for that.
    else if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && typingIn(field)))
      typeInto(field, event.key)
    else if (menu.value === null) obey(event)
    // What a command opens or brings the pen to is there with the next picture.
    await nextPicture()
  }
}
