import type { Summary } from '../api.ts'
import { actOnBot, blockedIn, botsOf } from '../state/bots.ts'
import { t } from '../words/t.ts'
import { about, type Command, current, live } from './command.ts'

/** The bot that may speak in a conversation: the first that nobody has blocked. */
const free = (c: Summary): string | undefined => botsOf(c).find((bot) => !blockedIn(c.id).includes(bot))
const blocked = (c: Summary): string | undefined => botsOf(c).find((bot) => blockedIn(c.id).includes(bot))

const named = (which: (c: Summary) => string | undefined): string => {
  const opened = current()
  return t().botName((opened === undefined ? undefined : which(opened)) ?? '')
}

export const handOver = about(
  'handOver',
  () => t().botHandOver,
  'hand',
  'b',
  (c) => c.control === 'bot' && live(c),
  (c) => void actOnBot('handOver', c.id, free(c) ?? ''),
)

export const giveToBot = about(
  'giveToBot',
  () => t().botGive,
  'bot',
  'b',
  (c) => c.control === 'team' && c.status === 'open' && free(c) !== undefined,
  (c) => void actOnBot('giveToBot', c.id, free(c) ?? ''),
)

export const unblockBot = about(
  'unblockBot',
  () => t().bot_unblockBot(named(blocked)),
  'bot',
  undefined,
  (c) => blocked(c) !== undefined,
  (c) => void actOnBot('unblockBot', c.id, blocked(c) ?? ''),
)

/** The assistant of a conversation. `b` trades it between the bot and people. */
export const botCommands: ReadonlyArray<Command> = [
  handOver,
  giveToBot,
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
  unblockBot,
]
