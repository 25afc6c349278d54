import { as } from '../api.ts'
import { act } from '../state/acts.ts'
import { threadOf } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { about, live, menuOf } from './command.ts'

// The commands with a button of their own over the open conversation: they come with it, the others later.

export const claim = about(
  'claim',
  () => t().claim,
  'hand',
  't',
  (c) => c.owner === null && live(c),
  (c) => void act('claim', c.id),
)

export const assign = about('assign', () => t().assignTo, 'user', 'a', live, menuOf('assign'))

export const lock = about(
  'lock',
  () => t().lock,
  'lock',
  undefined,
  (c) => c.owner === as && !threadOf(c.id).locked,
  (c) => void act('lock', c.id),
)

export const unlock = about(
  'unlock',
  () => t().unlock,
  'unlock',
  undefined,
  (c) => threadOf(c.id).locked,
  (c) => void act('unlock', c.id),
)

export const snooze = about('snooze', () => t().snooze, 'clock', 'h', live, menuOf('snooze'))

export const close = about(
  'close',
  () => t().close,
  'check',
  'e',
  live,
  (c) => void act('close', c.id),
)

export const reopen = about(
  'reopen',
  () => t().reopen,
  'undo',
  'e',
  (c) => c.status === 'closed',
  (c) => void act('reopen', c.id),
)

export const notSpam = about(
  'notSpam',
  () => t().notSpam,
  'ban',
  '!',
  (c) => c.status === 'spam',
  (c) => void act('notSpam', c.id),
)

export const unarchive = about(
  'unarchive',
  () => t().unarchive,
  'archive',
  undefined,
  (c) => c.status === 'archived',
  (c) => void act('unarchive', c.id),
)
