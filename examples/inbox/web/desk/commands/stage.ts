import { letterKeys } from '../../shared/preferences.ts'
import { timeNow } from '../../shared/time.ts'
import type { Summary } from '../api.ts'
import { actOnBot, blockedIn, botsOf } from '../state/bots.ts'
import { type ClockStep, clockSteps, moveClock, scene, switchMail } from '../state/scene.ts'
import { toggleUnder } from '../state/under.ts'
import { t } from '../words/t.ts'
import { about, type Command, current, live } from './command.ts'

/** The bot that may speak in a conversation: the first that nobody has blocked. */
const free = (c: Summary): string | undefined => botsOf(c).find((bot) => !blockedIn(c.id).includes(bot))
const blocked = (c: Summary): string | undefined => botsOf(c).find((bot) => blockedIn(c.id).includes(bot))

const named = (which: (c: Summary) => string | undefined): string => {
  const opened = current()
  return t().botName((opened === undefined ? undefined : which(opened)) ?? '')
}

/** The assistant of a conversation. `b` trades it between the bot and people. */
const botCommands: ReadonlyArray<Command> = [
  about(
    'handOver',
    () => t().botHandOver,
    'hand',
    'b',
    (c) => c.control === 'bot' && live(c),
    (c) => void actOnBot('handOver', c.id, free(c) ?? ''),
  ),
  about(
    'giveToBot',
    () => t().botGive,
    'bot',
    'b',
    (c) => c.control === 'team' && c.status === 'open' && free(c) !== undefined,
    (c) => void actOnBot('giveToBot', c.id, free(c) ?? ''),
  ),
  about(
    'runBot',
    () => t().bot_runBot(named(free)),
    'bot',
    'shift+b',
    (c) => live(c) && free(c) !== undefined,
    (c) => void actOnBot('runBot', c.id, free(c) ?? ''),
  ),
  about(
    'blockBot',
    () => t().bot_blockBot(named(free)),
    'ban',
    undefined,
    (c) => free(c) !== undefined,
    (c) => void actOnBot('blockBot', c.id, free(c) ?? ''),
  ),
  about(
    'unblockBot',
    () => t().bot_unblockBot(named(blocked)),
    'bot',
    undefined,
    (c) => blocked(c) !== undefined,
    (c) => void actOnBot('unblockBot', c.id, blocked(c) ?? ''),
  ),
]

const clockCommand = (step: ClockStep): Command => ({
  id: `clock-${step}`,
  label: () => t()[`clock_${step}`],
  icon: 'clock',
  run: () => void moveClock(step, timeNow()),
})

/** What shows how the engine works, and the settings of this window. */
export const stageCommands: ReadonlyArray<Command> = [
  ...botCommands,
  { id: 'under', label: () => t().under, icon: 'code', key: '.', run: toggleUnder },
  { id: 'split', label: () => t().splitPage, icon: 'split', run: () => location.assign('/split') },
  { id: 'shop', label: () => t().shopPage, icon: 'link', run: () => void window.open('/site') },
  { id: 'mailbox', label: () => t().mailboxPage, icon: 'link', run: () => void window.open('/mailbox') },
  ...clockSteps.map(clockCommand),
  {
    id: 'mail',
    label: () => (scene.value?.mail === false ? t().mailOn : t().mailOff),
    icon: 'mail',
    run: () => void switchMail(),
  },
  {
    id: 'letterKeys',
    label: () => (letterKeys.value ? t().keysOff : t().keysOn),
    icon: 'keyboard',
    run: () => {
      letterKeys.value = !letterKeys.value
    },
  },
]
