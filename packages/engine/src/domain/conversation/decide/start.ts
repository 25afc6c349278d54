import { may, mayServe } from '../../access/policy.ts'
import { leavingAs } from '../can-send.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation } from '../state.ts'
import { reply } from './messages.ts'
import { sentFirst, unsayable, unsendable } from './sending.ts'
import { beginsTranslated } from './translation.ts'

/** A conversation that we begin. */

const forbidden: Refusal = { _tag: 'Forbidden', action: 'start' }

/** Who begins it answers for it: she owns it, and must be allowed to answer where the account leads. */
const begin = (command: Extract<Command, { readonly _tag: 'Start' }>, facts: Facts): Verdict => {
  const { actor, account, start } = facts
  const agent = actor.kind === 'agent' ? facts.agents.get(actor.id) : undefined
  if (agent === undefined) return refuse(actor.kind === 'agent' ? { _tag: 'UnknownAgent', agent: actor.id } : forbidden)
  if (!mayServe(agent, account.queue)) return refuse({ _tag: 'MayNotReply', agent: agent.id })
  if (start === undefined) return refuse({ _tag: 'NotReachable', account: account.id })
  const { conversation, contact, address, follows, heardAt, elsewhere } = start
  const to = { address, heardAt: heardAt ?? null, windowRefusedAt: null, elsewhere: elsewhere ?? null }
  const refusal = unsayable(command, facts) ?? unsendable(to, leavingAs(command.parts), facts)
  if (refusal !== null) return refuse(refusal)
  const { subject: _, ...said } = command
  return happens(
    sentFirst(
      {
        conversation,
        account: account.id,
        channel: account.channel,
        contact,
        address,
        queue: account.queue,
        control: 'team',
        subject: command.subject?.trim() || null,
        follows,
        ...(heardAt === undefined ? undefined : { heardAt }),
        ...(elsewhere === undefined ? undefined : { elsewhere }),
        owner: agent.id,
        ...beginsTranslated(facts),
      },
      said,
      facts,
    ),
  )
}

/**
 * Where a channel knows one conversation with somebody and there is one, beginning is answering there; and where that
 * may not be done, it is not said what stands there.
 */
export const start = (
  state: Conversation | undefined,
  command: Extract<Command, { readonly _tag: 'Start' }>,
  facts: Facts,
): Verdict => {
  if (state === undefined) return begin(command, facts)
  const refusal = may(facts.actor, 'reply', state, facts)
  if (refusal !== null) return refuse(refusal._tag === 'NotFound' ? forbidden : refusal)
  return reply(state, { ...command, _tag: 'Reply' }, facts)
}
