import { decodeSeat, encodeSeat } from '../../codec/seat.ts'
import { decodeTurns, encodeTurns } from '../../codec/turns.ts'
import { system } from '../../domain/actor.ts'
import type { Command } from '../../domain/conversation/command.ts'
import { decide } from '../../domain/conversation/decide.ts'
import type { PlanStep } from '../../domain/distribution/plan-facts.ts'
import type { Strategy } from '../../domain/distribution/strategy.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { factsFor, removedAccount } from '../facts.ts'
import { seatFacts, seatNeeds, withinCapacity } from '../presence/seats.ts'
import { record } from '../record.ts'
import type { View } from '../view.ts'

/**
 * What became of a step: done; passed over, because the conversation is somebody's or somewhere else by now; or the
 * plan is out of date, because people or turns have changed.
 */
export type Given = 'done' | 'over' | 'stale'

export interface Giving {
  readonly workspace: string
  readonly queue: string
  readonly strategy: Strategy
  /** The highest turn that this step was planned after. */
  readonly after: number
}

const agentsOf = (step: PlanStep): ReadonlyArray<string> => (step._tag === 'Assign' ? [step.agent] : step.agents)

const commandOf = (step: PlanStep, by: Strategy['_tag']): Command =>
  step._tag === 'Assign'
    ? { _tag: 'Distribute', agent: step.agent, by }
    : { _tag: 'OfferTo', agents: step.agents, until: step.until, by }

/** Her seat says when she was last given something; with its version, nobody else gives her anything meanwhile. */
const seatsAfter = (
  view: View,
  workspace: string,
  agents: ReadonlyArray<string>,
  now: number,
): ReadonlyArray<StoredDocument> =>
  agents.map((id) => {
    const { seat, was, version } = decodeSeat(view.document(workspace, 'seat', id), id)
    return encodeSeat({ seat: { ...seat, lastAssignedAt: now }, was }, version + 1)
  })

/**
 * Commits one step of a plan: the conversation, the seats of whom it gives to, the turn of the queue, and how much
 * each may have in hand, together or not at all. Whatever has changed since the plan was made is found here.
 */
export const give = async (core: Core, setup: Setup, giving: Giving, step: PlanStep): Promise<Given> => {
  const { workspace, queue, strategy, after } = giving
  const agents = agentsOf(step)
  const inTurn = strategy._tag === 'RoundRobin'
  const { documents = [], counters = [] } = seatNeeds(workspace, agents)

  const run = (view: View): Decided<Given> => {
    const nothing = (value: Given): Decided<Given> => ({ _tag: 'Decided', value, changes: { workspace } })
    const state = view.conversation(workspace, step.conversation)
    if (state === undefined || state.deleted || state.queue !== queue) return nothing('over')
    const storedTurns = view.document(workspace, 'turns', queue)
    const turns = decodeTurns(storedTurns)
    if (inTurn && turns.highest !== after) return nothing('stale')
    const seats = new Map(
      agents.flatMap((id) => {
        const seat = seatFacts(core, setup, view, workspace, id)
        return seat === undefined ? [] : [[id, seat] as const]
      }),
    )
    const account = setup.accounts.get(state.account) ?? removedAccount(state)
    const facts = factsFor(core, setup, account, system, { seats })
    const decision = decide(state, commandOf(step, strategy._tag), facts)
    if (decision._tag === 'Refused') {
      const { _tag } = decision.refusal
      return nothing(_tag === 'AlreadyOwned' || _tag === 'NothingToDo' || _tag === 'WrongStatus' ? 'over' : 'stale')
    }
    const limits = agents.flatMap((id) => withinCapacity(setup, view, workspace, id, step._tag === 'Offer' ? 1 : 0))
    const { changes } = record(core, workspace, state, decision.entries)
    const of = { ...turns.of, ...Object.fromEntries(agents.map((id) => [id, step.turn])) }
    return {
      _tag: 'Decided',
      value: 'done',
      changes: {
        ...changes,
        documents: [
          ...seatsAfter(view, workspace, agents, facts.now),
          ...(inTurn ? [encodeTurns(queue, { highest: step.turn, of }, (storedTurns?.version ?? 0) + 1)] : []),
        ],
        ...(limits.length === 0 ? {} : { limits }),
      },
    }
  }

  const { value } = await core.committer.submit({
    workspace,
    needs: {
      conversations: [{ workspace, id: step.conversation }],
      documents: [...documents, { workspace, kind: 'turns', id: queue }],
      counters,
    },
    decide: run,
  })
  return value
}
