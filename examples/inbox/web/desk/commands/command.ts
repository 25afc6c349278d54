import type { IconName } from '../../shared/icon-shapes.ts'
import type { Summary } from '../api.ts'
import { conversation } from '../state/conversations.ts'
import { type MenuName, openMenu } from '../state/menus.ts'
import { screen, selected } from '../state/place.ts'

/** Something that can be done: by its button, by its key, or from the palette. One list for all three. */
export interface Command {
  readonly id: string
  readonly label: () => string
  readonly icon: IconName
  /** As it is shown and typed: a letter, `shift+t`, or two in a row, `g o`. */
  readonly key?: string
  /** Whether it means something now. */
  readonly when?: (current: Summary | undefined) => boolean
  readonly run: (current: Summary | undefined) => void
}

/** A command about the open conversation. */
export const about = (
  id: string,
  label: () => string,
  icon: IconName,
  key: string | undefined,
  when: (current: Summary) => boolean,
  run: (current: Summary) => void,
): Command => ({
  id,
  label,
  icon,
  ...(key === undefined ? {} : { key }),
  when: (current) => current !== undefined && when(current),
  run: (current) => {
    if (current !== undefined && when(current)) run(current)
  },
})

export const always = () => true
/** Work that goes on: what is open, and what waits for its time. */
export const live = (current: Summary): boolean => current.status === 'open' || current.status === 'pending'
export const menuOf = (name: MenuName) => (current: Summary) => openMenu(name, current.id)

/** The conversation that commands are about. */
export const current = (): Summary | undefined => (screen.value === null ? conversation(selected.value) : undefined)

export const usable = (command: Command): boolean => command.when?.(current()) ?? true

/** A key as assistive technology is told of it; two in a row are nothing that it knows. */
export const shortcutOf = (key: string | undefined): string | undefined =>
  key === undefined || key.includes(' ')
    ? undefined
    : key
        .split('+')
        .map((part) => (part === 'shift' ? 'Shift' : part.toUpperCase()))
        .join('+')

/** How a key is shown on its button. */
export const keyLabel = (key: string): ReadonlyArray<string> =>
  key.includes(' ') ? key.split(' ') : key.split('+').map((part) => (part === 'shift' ? '⇧' : part))
