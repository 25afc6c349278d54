import type { Tab } from '@guichet/engine/domain'
import type { IconName } from '../shared/icon-shapes.ts'
import { theme } from '../shared/preferences.ts'
import { as, type Summary } from './api.ts'
import { act } from './state/acts.ts'
import { write } from './state/composer.ts'
import { conversation } from './state/conversations.ts'
import { markAllRead, rows } from './state/list.ts'
import { helpOpen, type MenuName, openMenu, paletteOpen } from './state/menus.ts'
import { detailsShown, goTo, pane, screen, selected } from './state/place.ts'
import { open, threadOf } from './state/thread.ts'
import { undoLast } from './state/toasts.ts'
import { t } from './words/t.ts'
import { peopleCommands } from './commands/people.ts'

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

type On = (current: Summary) => void

/** A command about the open conversation. */
const about = (
  id: string,
  label: () => string,
  icon: IconName,
  key: string | undefined,
  when: (current: Summary) => boolean,
  run: On,
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

const always = () => true
const live = (current: Summary) => current.status === 'open' || current.status === 'pending'
const menuOf = (name: MenuName) => (current: Summary) => openMenu(name, current.id)

const step = (by: number): void => {
  const at = rows.value.findIndex((row) => row.id === selected.value)
  const next = rows.value[at === -1 ? 0 : at + by]
  if (next !== undefined) void open(next.id)
}

const tabKeys: Readonly<Partial<Record<Tab, string>>> = {
  open: 'g o',
  pending: 'g p',
  closed: 'g c',
  spam: 'g s',
  all: 'g a',
  mine: 'g m',
}

export const shownTabs = [
  'open',
  'unanswered',
  'mine',
  'pending',
  'closed',
  'spam',
  'archived',
  'all',
] as const satisfies ReadonlyArray<Tab>

export const commands: ReadonlyArray<Command> = [
  ...peopleCommands,
  about(
    'reply',
    () => t().reply,
    'reply',
    'r',
    (c) => c.status !== 'spam' && c.status !== 'archived',
    () => write('reply'),
  ),
  about(
    'note',
    () => t().note,
    'note',
    'n',
    always,
    () => write('note'),
  ),
  about(
    'claim',
    () => t().claim,
    'hand',
    't',
    (c) => c.owner === null && live(c),
    (c) => void act('claim', c.id),
  ),
  about(
    'takeOver',
    () => t().takeOver,
    'hand',
    't',
    (c) => c.owner !== null && c.owner !== as,
    (c) => void act('takeOver', c.id),
  ),
  about(
    'release',
    () => t().release,
    'undo',
    undefined,
    (c) => c.owner === as,
    (c) => void act('release', c.id),
  ),
  about('assign', () => t().assignTo, 'user', 'a', live, menuOf('assign')),
  about(
    'transfer',
    () => t().transferTo,
    'transfer',
    'shift+t',
    (c) => live(c) || c.status === 'archived',
    menuOf('transfer'),
  ),
  about('invite', () => t().invite, 'users', undefined, live, menuOf('invite')),
  about(
    'leave',
    () => t().leave,
    'close',
    undefined,
    (c) => threadOf(c.id).participants.includes(as),
    (c) => void act('leave', c.id),
  ),
  about(
    'lock',
    () => t().lock,
    'lock',
    undefined,
    (c) => c.owner === as && !threadOf(c.id).locked,
    (c) => void act('lock', c.id),
  ),
  about(
    'unlock',
    () => t().unlock,
    'unlock',
    undefined,
    (c) => threadOf(c.id).locked,
    (c) => void act('unlock', c.id),
  ),
  about('snooze', () => t().snooze, 'clock', 'h', live, menuOf('snooze')),
  about(
    'close',
    () => t().close,
    'check',
    'e',
    live,
    (c) => void act('close', c.id),
  ),
  about(
    'reopen',
    () => t().reopen,
    'undo',
    'e',
    (c) => c.status === 'closed',
    (c) => void act('reopen', c.id),
  ),
  about('tag', () => t().tag, 'tag', 'l', always, menuOf('tag')),
  about(
    'urgent',
    () => t().flagUrgent,
    'alert',
    undefined,
    (c) => !c.flags.includes('urgent'),
    (c) => void act('flag', c.id, { flag: 'urgent' }),
  ),
  about(
    'notUrgent',
    () => t().unflagUrgent,
    'alert',
    undefined,
    (c) => c.flags.includes('urgent'),
    (c) => void act('unflag', c.id, { flag: 'urgent' }),
  ),
  about(
    'followUp',
    () => t().flagFollowUp,
    'flag',
    's',
    (c) => !c.flags.includes('followUp'),
    (c) => void act('flag', c.id, { flag: 'followUp' }),
  ),
  about(
    'notFollowUp',
    () => t().unflagFollowUp,
    'flag',
    's',
    (c) => c.flags.includes('followUp'),
    (c) => void act('unflag', c.id, { flag: 'followUp' }),
  ),
  about('rename', () => t().rename, 'pencil', undefined, always, menuOf('rename')),
  about(
    'spam',
    () => t().spam,
    'ban',
    '!',
    (c) => c.status !== 'spam' && c.status !== 'archived',
    (c) => void act('spam', c.id),
  ),
  about(
    'notSpam',
    () => t().notSpam,
    'ban',
    '!',
    (c) => c.status === 'spam',
    (c) => void act('notSpam', c.id),
  ),
  about(
    'archive',
    () => t().archive,
    'archive',
    undefined,
    (c) => c.status !== 'archived',
    (c) => void act('archive', c.id),
  ),
  about(
    'unarchive',
    () => t().unarchive,
    'archive',
    undefined,
    (c) => c.status === 'archived',
    (c) => void act('unarchive', c.id),
  ),
  about(
    'markUnread',
    () => t().markUnread,
    'mail',
    'u',
    always,
    (c) => {
      selected.value = null
      pane.value = 'list'
      void act('markUnread', c.id)
    },
  ),
  about(
    'details',
    () => t().details,
    'panel',
    'i',
    always,
    () => {
      detailsShown.value = !detailsShown.value
    },
  ),
  about(
    'print',
    () => t().print,
    'file',
    'p',
    always,
    () => window.print(),
  ),
  { id: 'next', label: () => t().key_move, icon: 'list', key: 'j', when: () => screen.value === null, run: () => step(1) },
  { id: 'previous', label: () => t().key_move, icon: 'list', key: 'k', when: () => screen.value === null, run: () => step(-1) },
  { id: 'undo', label: () => t().undo, icon: 'undo', key: 'z', run: undoLast },
  { id: 'markAllRead', label: () => t().markAllRead, icon: 'checks', run: () => void markAllRead() },
  {
    id: 'search',
    label: () => t().search,
    icon: 'search',
    key: '/',
    run: () => {
      paletteOpen.value = true
    },
  },
  {
    id: 'help',
    label: () => t().help,
    icon: 'keyboard',
    key: '?',
    run: () => {
      helpOpen.value = true
    },
  },
  ...shownTabs.map(
    (tab): Command => ({
      id: `tab-${tab}`,
      label: () => t().goTo(t()[`tab_${tab}`]),
      icon: 'inbox',
      ...(tabKeys[tab] === undefined ? {} : { key: tabKeys[tab] }),
      run: () => goTo({ tab }),
    }),
  ),
  {
    id: 'theme',
    label: () => t().theme,
    icon: 'moon',
    run: () => {
      theme.value = theme.value === 'dark' ? 'light' : 'dark'
    },
  },
]

export const current = (): Summary | undefined => (screen.value === null ? conversation(selected.value) : undefined)

export const usable = (command: Command): boolean => command.when?.(current()) ?? true

export const commandOf = (id: string): Command | undefined => commands.find((command) => command.id === id)

/** How a key is shown on its button. */
export const keyLabel = (key: string): ReadonlyArray<string> =>
  key.includes(' ') ? key.split(' ') : key.split('+').map((part) => (part === 'shift' ? '⇧' : part))
