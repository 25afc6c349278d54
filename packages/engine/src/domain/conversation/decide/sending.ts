import { checkParts } from '../../message/check-parts.ts'
import { tooMuch } from '../../message/limits.ts'
import type { Json } from '../../message/message.ts'
import type { Part } from '../../message/part.ts'
import { type Leaving, type Reachable, canSend } from '../can-send.ts'
import type { Happening, Start } from '../entry.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation } from '../state.ts'
import { transitions } from '../transitions.ts'
import { lostOwner } from './distribution.ts'

/** What leaves for the customer, said now, at a time that was set for it, or to begin with: one rule for all three. */

/** What somebody wants to say. */
export interface Said {
  readonly parts: ReadonlyArray<Part>
  readonly quote?: number
  readonly cc?: ReadonlyArray<string>
  readonly subject?: string
  readonly mentions?: ReadonlyArray<string>
  readonly replyTo?: 'account' | 'agent'
  readonly meta?: Json
}

const mentionsOf = ({ mentions }: Said): ReadonlyArray<string> => [...new Set(mentions ?? [])]

/** Answers can only go to a box of her own that there is, and where the channel can say so. */
const noBox = ({ replyTo }: Said, { actor, agents, channel }: Facts): Refusal | null => {
  if (replyTo !== 'agent') return null
  if (channel?.replyTo !== true) return { _tag: 'Unsupported', feature: 'replyTo' }
  const email = actor.kind === 'agent' ? agents.get(actor.id)?.email : undefined
  return email === undefined || email === ''
    ? { _tag: 'Invalid', what: 'replyTo', issues: [`replyTo: ${actor.id} has no email of her own`] }
    : null
}

/** Why this cannot leave by this channel, or null when it can. The status is not looked at. */
export const unsayable = (said: Said, facts: Facts): Refusal | null => {
  if (facts.channel === null) return { _tag: 'CannotSend', reason: 'noChannel' }
  // Somebody who was meant to read it must not be left out in silence.
  if ((said.cc?.length ?? 0) > 0 && !facts.channel.cc) return { _tag: 'Unsupported', feature: 'cc' }
  const refusal = checkParts(said.parts, facts.attributes) ?? tooMuch(said.parts, facts.channel) ?? noBox(said, facts)
  if (refusal !== null) return refusal
  const stranger = mentionsOf(said).find((id) => !facts.agents.has(id))
  return stranger === undefined ? null : { _tag: 'UnknownAgent', agent: stranger }
}

/** Why the contact cannot be written to, or null when it can; `at` is when it is to leave. */
export const unsendable = (to: Reachable, what: Leaving, facts: Facts, at: number = facts.now): Refusal | null => {
  const { actor, channel, sending } = facts
  const answer = canSend(to, { now: at, by: actor.kind, what, channel, ...sending })
  if (answer._tag === 'Yes') return null
  const { because, until } = answer
  return { _tag: 'CannotSend', reason: because, ...(until === undefined ? {} : { until }) }
}

type Sent = Extract<Happening, { readonly _tag: 'MessageSent' }>

const messageOf = (said: Said, to: string, { actor, now }: Facts): Sent['message'] => {
  const { quote, cc, subject, meta } = said
  const mentions = mentionsOf(said)
  return {
    direction: 'out',
    author: actor,
    parts: said.parts,
    sentAt: now,
    to,
    ...(quote === undefined ? undefined : { quote }),
    ...(cc === undefined || cc.length === 0 ? undefined : { cc }),
    ...(subject === undefined ? undefined : { subject }),
    ...(said.replyTo === 'agent' ? { replyTo: 'agent' as const } : undefined),
    ...(meta === undefined ? undefined : { meta }),
    ...(mentions.length === 0 ? undefined : { mentions }),
  }
}

/** What saying it in this conversation does, besides: it opens, claims, and gives control to the team. */
export const sentIn = (state: Conversation, said: Said, facts: Facts): Sent => {
  const { actor } = facts
  const cell = transitions.agentReplies[state.status]
  const lost = cell._tag === 'To' ? lostOwner(state, facts) : undefined
  const free = state.owner === null || lost !== undefined
  const claims = actor.kind === 'agent' && free && facts.queues.get(state.queue)?.claimOnReply === true
  return {
    _tag: 'MessageSent',
    message: messageOf(said, state.address, facts),
    ...(cell._tag === 'To' ? { status: cell.status } : undefined),
    ...(actor.kind === 'agent' && state.control === 'bot' ? { control: 'team' as const } : undefined),
    ...(claims ? { claimed: true as const } : undefined),
    ...lost,
    ...(actor.kind === 'bot' && state.control === 'team' ? { asked: true as const } : undefined),
  }
}

/** The first words of a conversation are ours. */
export const sentFirst = (start: Start, said: Said, facts: Facts): Sent => ({
  _tag: 'MessageSent',
  message: messageOf(said, start.address, facts),
  start,
})
