import {
  type Command,
  type Conversation,
  decide,
  defaultInboundPolicy,
  evolve,
  type Facts,
} from '@guichet/engine/domain'
import { initialTransition, transition } from 'xstate'
import { type MachineContext, type MachineEvent, machine } from './machine.ts'

/** One step of a working day, for both sides. */
interface Step {
  readonly command: Command
  readonly by: Facts
  readonly event: MachineEvent
  /** The status that both must be in afterwards. */
  readonly status: Conversation['status']
}

const began = Date.UTC(2026, 0, 5, 9)

const facts: Omit<Facts, 'actor' | 'now'> = {
  agents: new Map([['ana', { id: 'ana', name: 'Ana', role: 'agent', queues: ['support', 'billing'] }]]),
  queues: new Map(
    ['support', 'billing'].map((id) => [id, { id, name: id, mode: 'shared', claimOnReply: true } as const]),
  ),
  account: { id: 'mail', channel: 'email', queue: 'support', bots: false, policy: defaultInboundPolicy },
  channel: {
    edit: false,
    delete: false,
    cc: true,
    maxTextLength: null,
    files: { max: 3, maxBytes: 10_000_000, types: ['*/*'] },
  },
}
const asCustomer: Facts = { ...facts, now: began, actor: { kind: 'contact', id: 'camille' } }
const asAgent: Facts = { ...facts, now: began, actor: { kind: 'agent', id: 'ana' } }
const asClock: Facts = { ...facts, now: began + 3_600_001, actor: { kind: 'system', id: 'engine' } }

const text = 'Bonjour, ma commande 4711 est arrivée sans la housse. Que puis-je faire ?'
const parts = [{ _tag: 'Text', text } as const]
const writes = {
  command: { _tag: 'Receive', message: { address: 'camille@example.org', parts, matched: 'token' } },
  by: asCustomer,
  event: { type: 'customerWrites', parts, at: began },
} as const
const replies = {
  command: { _tag: 'Reply', parts },
  by: asAgent,
  event: { type: 'agentReplies', agent: 'ana', parts, at: began },
} as const
const until = began + 3_600_000
const act = <Tag extends Command['_tag']>(
  command: Extract<Command, { readonly _tag: Tag }>,
  event: MachineEvent,
  status: Step['status'],
  by = asAgent,
): Step => ({ command, by, event, status })

/** Nineteen steps through all five states; most are messages, as in life. */
export const steps: ReadonlyArray<Step> = [
  { ...writes, status: 'open' },
  { ...writes, status: 'open' },
  { ...replies, status: 'open' },
  { ...writes, status: 'open' },
  { ...replies, status: 'open' },
  act({ _tag: 'Tag', tags: ['delivery'] }, { type: 'tag', tag: 'delivery' }, 'open'),
  act({ _tag: 'Snooze', until }, { type: 'snooze', until }, 'pending'),
  { ...writes, status: 'open' },
  act({ _tag: 'Snooze', until }, { type: 'snooze', until }, 'pending'),
  act({ _tag: 'EndSnooze' }, { type: 'snoozeEnds' }, 'open', asClock),
  { ...replies, status: 'open' },
  act({ _tag: 'Close' }, { type: 'close' }, 'closed'),
  { ...writes, status: 'open' },
  act({ _tag: 'Transfer', to: { queue: 'billing' } }, { type: 'transfer', queue: 'billing' }, 'open'),
  act({ _tag: 'Claim' }, { type: 'claim', agent: 'ana' }, 'open'),
  act({ _tag: 'MarkSpam' }, { type: 'spam' }, 'spam'),
  act({ _tag: 'MarkNotSpam' }, { type: 'notSpam' }, 'open'),
  act({ _tag: 'Archive' }, { type: 'archive' }, 'archived'),
  act({ _tag: 'Unarchive' }, { type: 'unarchive' }, 'closed'),
]

/** A new conversation, as the first message makes it. */
const opened = (() => {
  const start = { conversation: 'c1', contact: 'camille', address: 'camille@example.org', follows: null }
  const decision = decide(undefined, writes.command, { ...asCustomer, start })
  const [entry] = decision._tag === 'Accepted' ? decision.entries : []
  const state = entry && evolve(undefined, entry)
  if (state === undefined) throw new Error('the first message opened nothing')
  return state
})()

const [openedMachine] = initialTransition(machine)

/** Throws when a step is refused: what does not happen must not look fast. */
export const runDomain = (history = steps): Conversation => {
  let state: Conversation = opened
  for (const { command, by, status } of history) {
    const decision = decide(state, command, by)
    if (decision._tag === 'Refused') throw new Error(`${command._tag} was refused: ${decision.refusal._tag}`)
    for (const entry of decision.entries) state = evolve(state, entry) ?? state
    if (state.status !== status) throw new Error(`${command._tag} led to ${state.status}, not ${status}`)
  }
  return state
}

/** The same by xstate's pure transition; answers how many events counted and who owns it in the end. */
export const runMachine = (history = steps): Pick<MachineContext, 'seq' | 'owner'> => {
  let snapshot = openedMachine
  for (const { event, status } of history) {
    ;[snapshot] = transition(machine, snapshot, event)
    if (snapshot.value.status !== status)
      throw new Error(`${event.type} led to ${snapshot.value.status}, not ${status}`)
  }
  return snapshot.context
}
