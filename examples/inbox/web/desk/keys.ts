import { letterKeys } from '../shared/preferences.ts'
import { commands, current, usable } from './commands.ts'
import { closeMenu, helpOpen, menu, paletteOpen } from './state/menus.ts'
import { detailsShown, leaveScreen, pane, screen } from './state/place.ts'
import { markedRows, markNone } from './state/selection.ts'

const typingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])') ||
    target.closest('dialog') !== null)

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

/** AltGr writes signs such as `[` and `#` on many keyboards, and is reported as Control and Alt on some. */
const held = (event: KeyboardEvent): boolean =>
  !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey)

const onKey = (event: KeyboardEvent): void => {
  // While an input method composes, keys are its own; Safari tells of the last one by this number only.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    paletteOpen.value = !paletteOpen.value
    return
  }
  if (paletteOpen.value || helpOpen.value) return
  if (event.key === 'Escape') return escape(event)
  if (held(event) || typingIn(event.target) || menu.value !== null) return
  if (!letterKeys.value) return
  const key = pressed(event)
  if (chord !== null && event.timeStamp - chord.at < chordTime && run(`${chord.first} ${key}`)) {
    chord = null
    event.preventDefault()
    return
  }
  chord = commands.some((one) => one.key?.startsWith(`${key} `)) ? { first: key, at: event.timeStamp } : null
  if (run(key)) event.preventDefault()
}

export const listenToKeys = (): void => document.addEventListener('keydown', onKey)
