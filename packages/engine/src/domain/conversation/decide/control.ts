import { type Verdict, happens, nothingToDo } from '../decision.ts'
import type { Conversation } from '../state.ts'

/** Who answers, the bots or the team; and which bots are silenced here. */

export const handOver = (state: Conversation, reason: string | undefined): Verdict =>
  state.control === 'team' ? nothingToDo : happens({ _tag: 'HandedOver', reason: reason ?? null })

export const giveToBot = (state: Conversation): Verdict =>
  state.control === 'bot' ? nothingToDo : happens({ _tag: 'GivenToBot' })

export const blockBot = (state: Conversation, bot: string): Verdict =>
  state.blockedBots.includes(bot) ? nothingToDo : happens({ _tag: 'BotBlocked', bot })

export const unblockBot = (state: Conversation, bot: string): Verdict =>
  state.blockedBots.includes(bot) ? happens({ _tag: 'BotUnblocked', bot }) : nothingToDo
