import type { Tab } from '@guichet/engine/domain'
import { theme } from '../shared/preferences.ts'
import { as } from './api.ts'
import { act } from './state/acts.ts'
import { write } from './state/composer.ts'
import { markAllRead } from './state/list.ts'
import { helpOpen } from './state/menus.ts'
import { goTo } from './state/place.ts'
import { threadOf } from './state/thread.ts'
import { shownTabs } from './state/tabs.ts'
import { undoLast } from './state/toasts.ts'
import { t } from './words/t.ts'
import { botCommands } from './commands/bots.ts'
import { about, always, type Command, live, menuOf } from './commands/command.ts'
import { controlCommands } from './commands/control.ts'
import { counterCommands } from './commands/counter.ts'
import { peopleCommands } from './commands/people.ts'
import { writingCommands } from './commands/writing.ts'
import { movingCommands } from './commands/moving.ts'
import { assign, claim, close, lock, notSpam, reopen, snooze, unarchive, unlock } from './commands/shown.ts'
import { stageCommands } from './commands/stage.ts'

const tabKeys: Readonly<Partial<Record<Tab, string>>> = {
  open: 'g o',
  pending: 'g p',
  closed: 'g c',
  spam: 'g s',
  all: 'g a',
  mine: 'g m',
}

export const commands: ReadonlyArray<Command> = [
  ...counterCommands,
  ...peopleCommands,
  ...writingCommands,
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
  claim,
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
  assign,
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
  lock,
  unlock,
  snooze,
  close,
  reopen,
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
  notSpam,
  about(
    'archive',
    () => t().archive,
    'archive',
    undefined,
    (c) => c.status !== 'archived',
    (c) => void act('archive', c.id),
  ),
  unarchive,
  ...movingCommands,
  { id: 'undo', label: () => t().undo, icon: 'undo', key: 'z', run: undoLast },
  { id: 'markAllRead', label: () => t().markAllRead, icon: 'checks', run: () => void markAllRead() },
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
  ...botCommands,
  ...controlCommands,
  ...stageCommands,
  {
    id: 'theme',
    label: () => t().theme,
    icon: 'moon',
    run: () => {
      theme.value = theme.value === 'dark' ? 'light' : 'dark'
    },
  },
]
