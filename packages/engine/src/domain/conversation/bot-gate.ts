import type { Entry } from './entry.ts'
import { evolve } from './evolve.ts'
import type { Refusal } from './refusal.ts'
import type { Conversation, Status } from './state.ts'

/** How many messages in a row bots may write: more is a bot that talks to itself. */
export const botTurnsAtMost = 10

/** A bot that is asked to speak where nobody else would is not asked at all. */
const speaksIn: ReadonlyArray<Status> = ['open', 'pending']

/**
 * The one gate: why a bot may not act in a conversation, or null when it may. It is asked by every decision about a
 * bot's act, and again when a message of a bot is about to leave.
 *
 * It is open while the bots have control, and for a bot that was run by hand until its turn is over, whoever has
 * control; never for a blocked one, nor while contact details are waited for.
 *
 * @example
 * ```ts
 * import { botMay } from '@guichet/engine/domain'
 *
 * console.log(botMay({ ...conversation, control: 'bot' }, 'helper'))
 * console.log(botMay({ ...conversation, control: 'team' }, 'helper'))
 * ```
 *
 * ```text
 * null
 * { _tag: 'BotSilenced', bot: 'helper', because: 'team' }
 * ```
 */
export const botMay = (state: Conversation, bot: string): Refusal | null => {
  if (state.deleted || state.mergedInto !== null) return { _tag: 'NotFound' }
  if (state.blockedBots.includes(bot)) return { _tag: 'BotSilenced', bot, because: 'blocked' }
  if (!speaksIn.includes(state.status)) return { _tag: 'BotSilenced', bot, because: 'status' }
  if (state.handover !== null) return { _tag: 'BotSilenced', bot, because: 'handover' }
  const open = state.control === 'bot' || state.askedBot === bot
  return open ? null : { _tag: 'BotSilenced', bot, because: 'team' }
}

/**
 * Whether the bots of the account are the ones to answer: it is open, in their hands, and the last word is the
 * customer's.
 *
 * @example
 * ```ts
 * import { awaitsBot } from '@guichet/engine/domain'
 *
 * console.log(awaitsBot(conversation), awaitsBot({ ...conversation, control: 'bot' }))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const awaitsBot = (state: Conversation | undefined): boolean =>
  state !== undefined &&
  !state.deleted &&
  state.mergedInto === null &&
  state.status === 'open' &&
  state.control === 'bot' &&
  state.handover === null &&
  state.lastMessage?.by === 'contact'

/** As it was when the bot spoke: nothing was in its way. */
const whenItSpoke = (state: Conversation, bot: string, asked: boolean): Conversation => ({
  ...state,
  deleted: false,
  mergedInto: null,
  status: 'open',
  control: asked ? 'team' : 'bot',
  askedBot: asked ? bot : null,
  blockedBots: state.blockedBots.filter((blocked) => blocked !== bot),
  handover: null,
})

/**
 * Whether what a bot has said may still leave. A gate that the bot itself has closed since, by handing over or closing
 * after its last word, keeps nothing back; one that a person has closed keeps back whatever has not left yet.
 *
 * @param state the conversation now.
 * @param said the entry of the bot's message.
 * @param since the entries after it; asked for only when the gate is closed.
 *
 * @example
 * ```ts
 * import { type Entry, mayLeave } from '@guichet/engine/domain'
 *
 * const said: Entry = {
 *   seq: 2,
 *   at: facts.now,
 *   actor: { kind: 'bot', id: 'helper' },
 *   what: {
 *     _tag: 'MessageSent',
 *     message: {
 *       direction: 'out',
 *       author: { kind: 'bot', id: 'helper' },
 *       parts: [{ _tag: 'Text', text: 'A colleague will answer.' }],
 *       sentAt: facts.now,
 *     },
 *   },
 * }
 * const handedOver: Entry = { seq: 3, at: facts.now, actor: said.actor, what: { _tag: 'HandedOver', reason: null } }
 * const claimed: Entry = { seq: 3, at: facts.now, actor: { kind: 'agent', id: 'ana' }, what: { _tag: 'Claimed' } }
 * console.log(mayLeave(conversation, said, [handedOver]), mayLeave(conversation, said, [claimed]))
 * ```
 *
 * ```text
 * null { _tag: 'BotSilenced', bot: 'helper', because: 'team' }
 * ```
 */
export const mayLeave = (state: Conversation, said: Entry, since: ReadonlyArray<Entry>): Refusal | null => {
  const bot = said.actor.id
  const asked = said.what._tag === 'MessageSent' && said.what.asked === true
  const before = whenItSpoke(state, bot, asked)
  for (const entry of since) {
    if (entry.actor.kind !== 'agent') continue
    const after = evolve(before, entry)
    const refusal = after === undefined ? null : botMay(after, bot)
    if (refusal !== null) return refusal
  }
  return null
}
