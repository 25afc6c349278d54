import { letterKeys } from '../shared/preferences.ts'
import { commands, current, usable } from './commands.ts'
import { closeMenu, helpOpen, menu, paletteOpen } from './state/menus.ts'
import { detailsShown, leaveScreen, pane, screen } from './state/place.ts'

const typingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select') || target.closest('dialog') !== null)

/** Two letters in a row count as one key when the second comes within this time, in milliseconds. */
const chordTime = 900
let chord: { readonly first: string; readonly at: number } | null = null

const escape = (event: KeyboardEvent): void => {
  if (menu.value !== null) return closeMenu()
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
  pane.value = 'list'
  document.querySelector<HTMLElement>('#list')?.focus()
}

/** What was pressed, as commands name it. Signs count without Shift: where they need it depends on the keyboard. */
const pressed = (event: KeyboardEvent): string => {
  const letter = event.key.length === 1 && /[a-z]/i.test(event.key)
  return letter && event.shiftKey ? `shift+${event.key.toLowerCase()}` : event.key
}

const run = (key: string): boolean => {
  const command = commands.find((one) => one.key === key && usable(one))
  command?.run(current())
  return command !== undefined
}

const onKey = (event: KeyboardEvent): void => {
  if (event.isComposing || event.defaultPrevented) return
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    paletteOpen.value = !paletteOpen.value
    return
  }
  if (paletteOpen.value || helpOpen.value) return
  if (event.key === 'Escape') return escape(event)
  if (event.ctrlKey || event.metaKey || event.altKey || typingIn(event.target) || menu.value !== null) return
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
