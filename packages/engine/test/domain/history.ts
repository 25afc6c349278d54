import {
  type Command,
  type Conversation,
  type Entry,
  type Facts,
  type SeatFacts,
  decide,
  evolve,
  priorities,
} from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { agents, channel, departments, facts, now, queues, reach, receive, start, text } from './shop.ts'

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
  'AcceptOffer',
  'DeclineOffer',
  'ExpireOffer',
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
  fc.constantFrom<Command>(
    { _tag: 'Transfer', to: { department: 'after-sales' } },
    { _tag: 'Transfer', to: { department: 'moon' } },
    { _tag: 'Transfer', to: { account: 'mail' } },
    { _tag: 'Transfer', to: { account: 'pigeon' } },
  ),
  agent.map((id): Command => ({ _tag: 'Distribute', agent: id, by: 'LeastBusy' })),
  {
    weight: 3,
    arbitrary: fc
      .tuple(some, fc.integer({ min: -5, max: 40 }))
      .map(([ids, ms]): Command => ({ _tag: 'OfferTo', agents: ids, until: now + ms, by: 'FirstN' })),
  },
  fc.constantFrom(...queues.keys(), 'moon').map((to): Command => ({ _tag: 'Overflow', to, because: 'waited' })),
  agent.map((from): Command => ({ _tag: 'ReturnToQueue', from, because: 'away' })),
  fc.constantFrom(...priorities).map((priority): Command => ({ _tag: 'SetPriority', priority })),
  fc.constantFrom(...queues.keys(), 'moon').map((id): Command => ({ _tag: 'Transfer', to: { queue: id } })),
  tags.map((all): Command => ({ _tag: 'Tag', tags: all })),
  tags.map((all): Command => ({ _tag: 'Untag', tags: all })),
  fc.constantFrom('urgent' as const, 'followUp' as const).map((flag): Command => ({ _tag: 'Flag', flag })),
  fc.option(fc.string({ maxLength: 5 })).map((title): Command => ({ _tag: 'Rename', title })),
  fc.record({ _tag: fc.constant('EditMessage' as const), message: fc.nat(9), parts: fc.constant(text('mieux')) }),
  fc.record({ _tag: fc.constant('DeleteMessage' as const), message: fc.nat(9) }),
  fc
    .constantFrom('BlockBot' as const, 'UnblockBot' as const, 'RunBot' as const, 'FinishBot' as const)
    .map((_tag): Command => ({ _tag, bot: 'helper' })),
  fc.constant<Command>({ _tag: 'CompleteHandover', because: 'answered' }),
  fc
    .option(fc.record({ team: fc.constantFrom('fr', 'en'), customer: fc.option(fc.constantFrom('de', 'klingon')) }))
    .map((translation): Command => ({ _tag: 'SetTranslation', translation })),
  fc.tuple(fc.nat(9), fc.nat(1)).map(
    ([message, edits]): Command => ({
      _tag: 'RecordTranslation',
      message,
      language: 'fr',
      provider: 'demo',
      state: 'done',
      text: 'Bonjour',
      edits,
      detected: 'de',
    }),
  ),
  {
    weight: 3,
    arbitrary: fc.tuple(fc.integer({ min: -5, max: 60 }), fc.boolean()).map(
      ([ms, unlessTheyWrite]): Command => ({
        _tag: 'Schedule',
        at: now + ms,
        unlessTheyWrite,
        content: { parts: text('plus tard') },
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .nat(12)
      .map((id): Command => ({ _tag: 'SendScheduled', schedule: id, read: id, content: { parts: text('plus tard') } })),
  },
  fc.nat(12).map((id): Command => ({ _tag: 'CancelSchedule', schedule: id })),
  fc.tuple(fc.nat(12), fc.nat(60)).map(
    ([id, ms]): Command => ({
      _tag: 'ChangeSchedule',
      schedule: id,
      at: now + ms,
      ...(ms % 2 === 0 ? { content: { parts: text('autrement') } } : {}),
    }),
  ),
  fc.constant<Command>({ _tag: 'React', message: 1, emoji: '👍' }),
  fc.constant<Command>({ _tag: 'RemindOfWindow' }),
  fc.nat(60).map((ms): Command => ({ _tag: 'RefuseWindow', at: now + ms })),
  fc.boolean().map((ours): Command => ({ _tag: 'ChangeControl', ours, by: 'another' })),
  fc.constantFrom<Command>({ _tag: 'TakeControl' }, { _tag: 'PassControl' }),
  fc.boolean().map((ours): Command => ({ _tag: 'RefuseControl', ours, error: { code: 'rejected', message: 'no' } })),
  fc.constantFrom('claire-2', start.address).map((to): Command => ({ _tag: 'ChangeAddress', from: start.address, to })),
  fc.integer({ min: -5, max: 60 }).map(
    (ms): Command => ({
      _tag: 'Echo',
      message: {
        address: start.address,
        externalId: 'elsewhere',
        parts: text('de mon téléphone'),
        providerAt: now + ms,
      },
    }),
  ),
  fc.boolean().map((given): Command => ({ _tag: 'ChangeConsent', given, scope: 'all', word: 'STOP' })),
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

const engineOnly: ReadonlyArray<Command['_tag']> = [
  'Distribute',
  'OfferTo',
  'ExpireOffer',
  'Overflow',
  'ReturnToQueue',
  'SendScheduled',
  'RecordTranslation',
  'RemindOfWindow',
  'RefuseWindow',
  'ChangeControl',
  'ChangeAddress',
  'Echo',
]

const seat: fc.Arbitrary<SeatFacts> = fc.record({
  presence: fc.constantFrom('online', 'online', 'away', 'offline'),
  load: fc.nat(2),
})

const actorOf = ({ _tag }: Command, who: Facts['actor'], wait: number): Facts['actor'] => {
  if (_tag === 'Receive') return { kind: 'contact', id: 'claire' }
  // Mostly by whoever may, so that something comes of it.
  return engineOnly.includes(_tag) && wait % 8 > 0 ? { kind: 'system', id: 'engine' } : who
}

const step: fc.Arbitrary<Step> = fc
  .record({ command, actor, wait: fc.nat(60), bots: fc.boolean(), seats: fc.tuple(seat, seat, seat, seat) })
  .map(({ command: asked, actor: who, wait, bots, seats }) => ({
    command: asked,
    facts: facts({
      actor: actorOf(asked, who, wait),
      seats: new Map(names.flatMap((name, n) => (seats[n] === undefined ? [] : [[name, seats[n]] as const]))),
      departments,
      ...(asked._tag === 'Transfer' && 'account' in asked.to && asked.to.account === 'mail' ? { reach } : {}),
      now: now + wait,
      account: { ...facts().account, bots },
      translates: wait % 3 > 0,
      // A reminder at once, or long before the end.
      ...(wait % 4 === 0 ? { channel: { ...channel, window: { hours: wait === 0 ? 24 : 2, templates: true } } } : {}),
      ...(wait % 2 === 0 ? { lacking: ['email' as const] } : {}),
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
