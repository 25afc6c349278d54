import { type Command, type Conversation, type Entry, type Facts, decide, evolve } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { agents, facts, now, queues, receive, start, text } from './shop.ts'

const names = [...agents.keys()]
const agent = fc.constantFrom(...names)
const some = fc.subarray(names, { minLength: 1 })
const tags = fc.subarray(['vip', 'late', ' vip ', ''], { minLength: 1 })

const plain = fc.constantFrom<Command['_tag']>(
  'EndSnooze',
  'Close',
  'Reopen',
  'MarkSpam',
  'MarkNotSpam',
  'Archive',
  'Unarchive',
  'Claim',
  'TakeOver',
  'Release',
  'Lock',
  'Unlock',
  'Leave',
  'HandOver',
  'GiveToBot',
)

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: plain.map((_tag) => ({ _tag }) as Command) },
  fc.constant(receive('encore')),
  fc.constant<Command>({ _tag: 'Receive', message: { ...receive('absent').message, automatic: 'reply' } }),
  fc.constant<Command>({ _tag: 'Reply', parts: text('Bonjour') }),
  fc.constant<Command>({ _tag: 'AddNote', parts: text('à voir'), mentions: ['ben'] }),
  fc.integer({ min: -5, max: 50 }).map((ms): Command => ({ _tag: 'Snooze', until: now + ms })),
  fc.constant<Command>({ _tag: 'Snooze' }),
  some.map((ids): Command => ({ _tag: 'Assign', agents: ids })),
  some.map((ids): Command => ({ _tag: 'Unassign', agents: ids })),
  some.map((ids): Command => ({ _tag: 'Invite', agents: ids })),
  agent.map((id): Command => ({ _tag: 'Transfer', to: { agent: id } })),
  fc.constantFrom(...queues.keys(), 'moon').map((id): Command => ({ _tag: 'Transfer', to: { queue: id } })),
  tags.map((all): Command => ({ _tag: 'Tag', tags: all })),
  tags.map((all): Command => ({ _tag: 'Untag', tags: all })),
  fc.constantFrom('urgent' as const, 'followUp' as const).map((flag): Command => ({ _tag: 'Flag', flag })),
  fc.option(fc.string({ maxLength: 5 })).map((title): Command => ({ _tag: 'Rename', title })),
  fc.record({ _tag: fc.constant('EditMessage' as const), message: fc.nat(9), parts: fc.constant(text('mieux')) }),
  fc.record({ _tag: fc.constant('DeleteMessage' as const), message: fc.nat(9) }),
  { weight: 1, arbitrary: fc.constant<Command>({ _tag: 'Delete' }) },
)

const actor = fc.oneof(
  { weight: 6, arbitrary: agent.map((id) => ({ kind: 'agent' as const, id })) },
  fc.constant({ kind: 'contact' as const, id: 'claire' }),
  fc.constant({ kind: 'bot' as const, id: 'helper' }),
  fc.constant({ kind: 'system' as const, id: 'engine' }),
  fc.constant({ kind: 'agent' as const, id: 'eve' }),
)

export interface Step {
  readonly command: Command
  readonly facts: Facts
}

const step: fc.Arbitrary<Step> = fc
  .record({ command, actor, wait: fc.nat(60), bots: fc.boolean() })
  .map(({ command: asked, actor: who, wait, bots }) => ({
    command: asked,
    facts: facts({
      actor: asked._tag === 'Receive' ? { kind: 'contact', id: 'claire' } : who,
      now: now + wait,
      account: { ...facts().account, bots },
      target: { direction: 'out', author: { kind: 'agent', id: 'ana' }, deleted: false, files: [] },
    }),
  }))

export const history = fc.array(step, { maxLength: 40 })

export interface Lived {
  readonly states: ReadonlyArray<Conversation>
  readonly journal: ReadonlyArray<Entry>
}

/** Lives through a history from the first message on. */
export const live = (steps: ReadonlyArray<Step>): Lived => {
  const states: Array<Conversation> = []
  const journal: Array<Entry> = []
  let state: Conversation | undefined
  const first: Step = { command: receive('Bonjour'), facts: facts({ actor: { kind: 'contact', id: 'claire' }, start }) }
  for (const { command: asked, facts: given } of [first, ...steps]) {
    const decision = decide(state, asked, given)
    if (decision._tag === 'Refused') continue
    for (const entry of decision.entries) {
      journal.push(entry)
      state = evolve(state, entry)
    }
    if (state !== undefined) states.push(state)
  }
  return { states, journal }
}
