import { letterKeys } from '../shared/preferences.ts'
import { typingIn } from './commands/typing-in.ts'
import { afterFirstPicture } from './state/first-picture.ts'
import { helpOpen, menu, paletteOpen } from './state/menus.ts'

/** AltGr writes signs such as `[` and `#` on many keyboards, and is reported as Control and Alt on some. */
const held = (event: KeyboardEvent): boolean =>
  !event.getModifierState('AltGraph') && (event.ctrlKey || event.metaKey || event.altKey)

/** What obeys; null until it has come. */
let obey: ((event: KeyboardEvent) => void) | null = null
/** What was pressed before: it is obeyed in its order once the commands are here. */
const kept: KeyboardEvent[] = []

const bringCommands = async (): Promise<void> => {
  const all = await import('./commands/obey.ts').catch(() => null)
  // Without a network the next key asks again; what is obeyed much later does what nobody expects.
  if (all === null) kept.length = 0
  if (all === null || obey !== null) return
  obey = all.obey
  await all.obeyLate(kept)
}

const onKey = (event: KeyboardEvent): void => {
  // While an input method composes, keys are its own; Safari tells of the last one by this number only.
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    paletteOpen.value = !paletteOpen.value
    return
  }
  if (paletteOpen.value || helpOpen.value) return
  const escapes = event.key === 'Escape'
  if (!escapes && (!letterKeys.value || held(event) || typingIn(event.target) || menu.value !== null)) return
  if (obey !== null && kept.length === 0) return obey(event)
  // No command has a key that writes nothing: those are for the list and for what is in focus.
  if (!escapes && (event.key.length !== 1 || event.key === ' ')) return
  if (!escapes) event.preventDefault()
  kept.push(event)
  if (obey === null) void bringCommands()
}

export const listenToKeys = (): void => {
  document.addEventListener('keydown', onKey)
  void afterFirstPicture(() => void bringCommands())
}
