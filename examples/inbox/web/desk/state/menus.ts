import { signal } from '@preact/signals'

/** Menus of the composer and the thread. */
export type WritingMenu = 'template' | 'insert' | 'schedule' | 'message' | 'translation'

export type MenuName =
  | WritingMenu
  | ListMenuName
  | 'assign'
  | 'transfer'
  | 'invite'
  | 'snooze'
  | 'tag'
  | 'rename'
  | 'more'
  | 'account'
  | 'list'
  | 'providers'

/** The popovers of the list and the navigation. */
export type ListMenuName = 'filter' | 'saveView' | 'view' | 'bulkAssign' | 'bulkTag' | 'bulkSnooze'

export interface OpenMenu {
  readonly name: MenuName
  /** What it is about; for the popover of a view, the view. */
  readonly conversation: string | null
  readonly anchor: HTMLElement | null
}

export const menu = signal<OpenMenu | null>(null)
export const paletteOpen = signal(false)
export const helpOpen = signal(false)

let back: HTMLElement | null = null

/** Opens at the thing that was pressed; by a key, at the button that does the same. */
export const openMenu = (name: MenuName, conversation: string | null, anchor?: HTMLElement | null): void => {
  back = document.activeElement instanceof HTMLElement ? document.activeElement : null
  menu.value = {
    name,
    conversation,
    anchor:
      anchor ??
      document.querySelector<HTMLElement>(`[data-menu="${name}"]`) ??
      document.querySelector<HTMLElement>('[data-menu="more"]'),
  }
}

/** Closes, and gives the focus back to where it came from. */
export const closeMenu = (): void => {
  if (menu.value === null) return
  menu.value = null
  back?.focus()
}
