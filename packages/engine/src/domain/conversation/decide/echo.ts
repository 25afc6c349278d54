import { clampSentAt } from '../../message/message.ts'
import { saysSomething } from '../../message/part.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Conversation } from '../state.ts'
import { transitions } from '../transitions.ts'
import { lostOwner } from './distribution.ts'

/**
 * Somebody of ours wrote to the contact elsewhere. It has happened, so nothing is refused but what says nothing: it opens
 * what an answer opens, and people have it from then on. It is nobody's whom we know, so it claims nothing; and what is
 * heard of when something newer stands there already answers nothing.
 */
export const echo = (
  state: Conversation | undefined,
  { message }: Extract<Command, { readonly _tag: 'Echo' }>,
  facts: Facts,
): Verdict => {
  // Whoever is known here answers here.
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'echo' })
  const { address, parts, externalId, providerAt, quote, meta } = message
  if (!saysSomething(parts)) return refuse({ _tag: 'Empty' })
  const said = {
    direction: 'out',
    author: facts.actor,
    parts,
    externalId,
    sentAt: clampSentAt(providerAt, facts.now),
    to: address,
    ...(quote === undefined ? undefined : { quote }),
    ...(meta === undefined ? undefined : { meta }),
  } as const
  if (state === undefined) {
    if (facts.start === undefined) return refuse({ _tag: 'NotFound' })
    const { id: account, channel, queue } = facts.account
    const start = { ...facts.start, account, channel, queue, control: 'team', subject: null } as const
    return happens({ _tag: 'MessageSent', message: said, start, echoed: true })
  }
  if (said.sentAt < state.lastActivity) return happens({ _tag: 'MessageSent', message: said, echoed: true, late: true })
  const cell = transitions.agentReplies[state.status]
  return happens({
    _tag: 'MessageSent',
    message: said,
    echoed: true,
    ...(cell._tag === 'To' ? { status: cell.status, ...lostOwner(state, facts) } : undefined),
    ...(state.control === 'bot' ? { control: 'team' as const } : undefined),
  })
}
