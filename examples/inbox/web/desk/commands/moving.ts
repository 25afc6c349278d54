import { detailsShown, pane, screen, selected } from '../state/place.ts'
import { act } from '../state/acts.ts'
import { deleting } from '../state/deleting.ts'
import { focusAfter } from '../state/focus.ts'
import { rows } from '../state/list.ts'
import { may } from '../state/permissions.ts'
import { open } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { about, always, type Command } from './command.ts'

const inList = (): boolean => screen.value === null

const step = (by: number): void => {
  const at = rows.value.findIndex((row) => row.id === selected.value)
  const next = rows.value[at === -1 ? 0 : at + by]
  if (next !== undefined) void open(next.id)
}

const toList = (): void => {
  pane.value = 'list'
  document.querySelector<HTMLElement>('#list')?.focus()
}

/** The open conversation, or the first: its messages get the focus, so that the arrows scroll them. */
const openHere = (): void => {
  const id = selected.value ?? rows.value[0]?.id
  if (id !== undefined) void focusAfter(open(id), '.thread')
}

const toggleDetails = (): void => {
  detailsShown.value = !detailsShown.value
}

/** Through the list and back, and what a conversation is beside it. */
export const movingCommands: ReadonlyArray<Command> = [
  { id: 'next', label: () => t().key_move, icon: 'list', key: 'j', when: inList, run: () => step(1) },
  { id: 'previous', label: () => t().key_move, icon: 'list', key: 'k', when: inList, run: () => step(-1) },
  { id: 'openHere', label: () => t().key_open, icon: 'chat', key: 'o', when: inList, run: openHere },
  { id: 'back', label: () => t().back, icon: 'back', key: 'u', when: inList, run: toList },
  about(
    'markUnread',
    () => t().markUnread,
    'mail',
    'shift+u',
    always,
    (c) => {
      selected.value = null
      pane.value = 'list'
      void act('markUnread', c.id)
    },
  ),
  about('details', () => t().details, 'panel', 'i', always, toggleDetails),
  about('rightPane', () => t().details, 'panel', ']', always, toggleDetails),
  about(
    'delete',
    () => t().deleteConversation,
    'trash',
    '#',
    () => may('deleteConversations'),
    (c) => {
      deleting.value = c.id
    },
  ),
]
