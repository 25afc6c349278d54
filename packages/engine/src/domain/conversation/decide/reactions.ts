import { may } from '../../access/policy.ts'
import type { Actor } from '../../actor.ts'
import { clampSentAt } from '../../message/message.ts'
import type { MessageReaction } from '../../message/reaction.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts, TargetFacts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation } from '../state.ts'
import { transitions } from '../transitions.ts'
import { unsendable } from './sending.ts'
import { reminding } from './window.ts'

/** Enough for any sign that is put together from others, in code units. */
const longest = 32

const isSign = (emoji: string): boolean => emoji !== '' && emoji.length <= longest && !/\s/.test(emoji)

const isOf = ({ by }: MessageReaction, who: Actor): boolean => by.kind === who.kind && by.id === who.id

/** Beside a note, or where the channel tells customers nothing of it, it stays among colleagues. */
const leaves = (target: TargetFacts, { actor, channel }: Facts): boolean =>
  channel?.tellsReactions === true && target.direction !== 'note' && actor.kind !== 'contact'

/** What the customer is told is held to what an answer is. */
const untellable = (state: Conversation, facts: Facts): Refusal | null => {
  const refusal = may(facts.actor, 'reply', state, facts)
  if (refusal !== null) return refusal
  const cell = transitions.agentReplies[state.status]
  return cell._tag === 'Refused' ? cell.refusal : unsendable(state, 'words', facts)
}

/** Where a provider counts a customer's sign as a word, it opens the window from its time on; one taken back does not. */
const opening = (
  state: Conversation,
  emoji: string | null,
  at: number | undefined,
  facts: Facts,
): { readonly heardAt: number; readonly remindAt?: number } | undefined => {
  const { actor, channel, now } = facts
  if (actor.kind !== 'contact' || emoji === null || at === undefined || channel?.window?.reactions !== true) return
  const heardAt = clampSentAt(at, now)
  return { heardAt, ...reminding(state, heardAt, facts) }
}

/** One sign for each who reacts: another one replaces it, null takes it back. */
export const reactTo = (
  state: Conversation,
  { message, emoji, at }: Extract<Command, { readonly _tag: 'React' }>,
  facts: Facts,
): Verdict => {
  const { actor, target } = facts
  // Customers do not know of notes.
  const hidden = target?.direction === 'note' && actor.kind === 'contact'
  if (target === undefined || target.deleted || hidden) return refuse({ _tag: 'UnknownMessage', message })
  if (emoji !== null && !isSign(emoji)) {
    const issue = `emoji: one sign without white space, of at most ${longest} code units`
    return refuse({ _tag: 'Invalid', what: 'reaction', issues: [issue] })
  }
  const own = target.reactions?.find((one) => isOf(one, actor))
  // What the customer could not be told of may be tried once more.
  if ((own?.emoji ?? null) === emoji && own?.failed === undefined) return nothingToDo
  if (!leaves(target, facts)) return happens({ _tag: 'Reacted', message, emoji, ...opening(state, emoji, at, facts) })
  const refusal = untellable(state, facts)
  return refusal === null ? happens({ _tag: 'Reacted', message, emoji, leaves: true }) : refuse(refusal)
}

/** Of a message that is gone, and of a reaction that has changed or failed since, nothing is left to say. */
export const failReaction = (
  { message, by, emoji, error }: Extract<Command, { readonly _tag: 'FailReaction' }>,
  { target }: Facts,
): Verdict => {
  if (target === undefined || target.deleted) return refuse({ _tag: 'UnknownMessage', message })
  const stands = target.reactions?.find((one) => isOf(one, by))
  const isSo = (stands?.emoji ?? null) === emoji && stands?.failed === undefined
  return isSo ? happens({ _tag: 'ReactionFailed', message, by, emoji, error }) : nothingToDo
}
