import { Icon } from '../../shared/icon.tsx'
import type { Summary } from '../api.ts'
import { giveToBot, handOver, unblockBot } from '../commands/bots.ts'
import { type Command, current, shortcutOf, usable } from '../commands/command.ts'
import { blockedIn, botsOf } from '../state/bots.ts'
import { threadOf } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { Key } from './key.tsx'

const Do = ({ command, label }: { readonly command: Command; readonly label: string }) => {
  if (!usable(command)) return null
  return (
    <button
      type="button"
      class="link"
      data-act={command.id}
      title={command.label()}
      aria-keyshortcuts={shortcutOf(command.key)}
      onClick={() => command.run(current())}
    >
      {label}
      <Key of={command.key} />
    </button>
  )
}

/** Whether an assistant speaks in this conversation, and what changes that; nothing where there is none. */
export const BotLine = ({ summary }: { readonly summary: Summary }) => {
  const bots = botsOf(summary)
  const blocked = blockedIn(summary.id)
  const bot = bots.find((one) => !blocked.includes(one)) ?? bots[0]
  if (bot === undefined || summary.status === 'spam' || summary.status === 'archived') return null
  const name = t().botName(bot)
  const speaks = summary.control === 'bot'
  const asks = speaks && threadOf(summary.id).full?.handover !== null && threadOf(summary.id).full !== null
  const said = blocked.includes(bot)
    ? t().botBlocked(name)
    : asks
      ? t().botAsksDetails(name)
      : speaks
        ? t().botAnswers(name)
        : t().botPaused(name)
  return (
    <div class={`bot-line ${speaks ? 'speaks' : ''}`}>
      <Icon name="bot" />
      <span class="grow">{said}</span>
      <Do command={handOver} label={t().botHandOverShort} />
      <Do command={giveToBot} label={t().botGiveShort} />
      <Do command={unblockBot} label={t().botUnblockShort} />
    </div>
  )
}
