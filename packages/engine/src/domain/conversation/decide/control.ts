import { botMay } from '../bot-gate.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'

/** Who answers, the bots or the team; which bots are silenced here; and a bot that is run by hand. */

/** How long contact details are waited for when the account does not say, in milliseconds. */
const usualWaitMs = 15 * 60_000

/** Who hands over by hand is there already: details are asked for by bots, and by the engine on their behalf. */
export const handOver = (state: Conversation, reason: string | undefined, facts: Facts): Verdict => {
  if (state.control === 'team') return nothingToDo
  const byHand = facts.actor.kind === 'agent'
  if (state.handover !== null && !byHand) return nothingToDo
  const ask = facts.lacking ?? []
  if (byHand || ask.length === 0) return happens({ _tag: 'HandedOver', reason: reason ?? null })
  const until = facts.now + (facts.account.handover?.waitMs ?? usualWaitMs)
  return happens({ _tag: 'HandedOver', reason: reason ?? null, ask, until })
}

/** Asked by the timer, or when the details came by another way than a message. */
export const completeHandover = (
  state: Conversation,
  { because }: Extract<Command, { readonly _tag: 'CompleteHandover' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'completeHandover' })
  if (state.handover === null) return nothingToDo
  if (because === 'timeout' && state.handover.until > facts.now) return nothingToDo
  return happens({ _tag: 'HandoverCompleted', because })
}

/** Only what is open is in anybody's hands; without bots there is nobody to give it to. */
export const giveToBot = (state: Conversation, facts: Facts): Verdict => {
  if (state.status !== 'open') return refuse({ _tag: 'WrongStatus', status: state.status, instead: 'reopen' })
  if (!facts.account.bots) return refuse({ _tag: 'Unsupported', feature: 'bots' })
  return state.control === 'bot' && state.handover === null ? nothingToDo : happens({ _tag: 'GivenToBot' })
}

const isThere = (bot: string, facts: Facts): boolean => facts.bots?.has(bot) ?? true

export const blockBot = (state: Conversation, bot: string, facts: Facts): Verdict => {
  if (state.blockedBots.includes(bot)) return nothingToDo
  return isThere(bot, facts) ? happens({ _tag: 'BotBlocked', bot }) : refuse({ _tag: 'UnknownBot', bot })
}

/** A bot that is gone may still be blocked here. */
export const unblockBot = (state: Conversation, bot: string, facts: Facts): Verdict => {
  if (state.blockedBots.includes(bot)) return happens({ _tag: 'BotUnblocked', bot })
  return isThere(bot, facts) ? nothingToDo : refuse({ _tag: 'UnknownBot', bot })
}

/** By hand, whoever has control: everything else that closes the gate closes it here as well. */
export const runBot = (state: Conversation, bot: string, facts: Facts): Verdict => {
  if (!isThere(bot, facts)) return refuse({ _tag: 'UnknownBot', bot })
  const refusal = botMay({ ...state, askedBot: bot }, bot)
  if (refusal !== null) return refuse(refusal)
  return state.askedBot === bot ? nothingToDo : happens({ _tag: 'BotAsked', bot })
}

export const finishBot = (state: Conversation, bot: string, reason: string | undefined, facts: Facts): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'finishBot' })
  return state.askedBot === bot ? happens({ _tag: 'BotFinished', bot, reason: reason ?? null }) : nothingToDo
}

/** The provider says who has it, and nobody here has a say in it. */
export const changeControl = (
  state: Conversation,
  { ours, by }: Extract<Command, { readonly _tag: 'ChangeControl' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'changeControl' })
  const { elsewhere } = state
  // That somebody has it, from whoever does not say who, adds nothing.
  const isKnown = ours ? elsewhere === null : elsewhere !== null && (by === null || elsewhere.by === by)
  return isKnown ? nothingToDo : happens({ _tag: 'ControlChanged', ours, by })
}

const isOurs = ({ elsewhere }: Conversation): boolean => elsewhere === null

/** It is ours, or another's, when the provider says so. */
export const askControl = (state: Conversation, ours: boolean, { channel }: Facts): Verdict => {
  if (channel?.asksControl !== true) return refuse({ _tag: 'Unsupported', feature: 'control' })
  return isOurs(state) === ours ? nothingToDo : happens({ _tag: 'ControlAsked', ours })
}

/** What has come true meanwhile in another way was not refused. */
export const refuseControl = (
  state: Conversation,
  { ours, error }: Extract<Command, { readonly _tag: 'RefuseControl' }>,
): Verdict => (isOurs(state) === ours ? nothingToDo : happens({ _tag: 'ControlRefused', ours, error }))
