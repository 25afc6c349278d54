import {
  type Agent,
  type ChannelFacts,
  type Command,
  type Conversation,
  type Department,
  type Entry,
  type Facts,
  type Part,
  type Queue,
  type Refusal,
  decide,
  defaultInboundPolicy,
  evolve,
} from '@guichet/engine/domain'

/** A small shop: Ana and Ben serve, Chloe leads, Dan serves deliveries only. */
export const agents = new Map<string, Agent>(
  [
    { id: 'ana', name: 'Ana', role: 'agent' as const, queues: ['service'] },
    { id: 'ben', name: 'Ben', role: 'agent' as const, queues: ['service', 'deliveries'] },
    { id: 'chloe', name: 'Chloe', role: 'manager' as const, queues: [] },
    { id: 'dan', name: 'Dan', role: 'agent' as const, queues: ['deliveries'] },
  ].map((agent) => [agent.id, agent]),
)

export const queues = new Map<string, Queue>(
  [
    { id: 'service', name: 'Service', mode: 'shared' as const, claimOnReply: true },
    { id: 'deliveries', name: 'Deliveries', mode: 'exclusive' as const, claimOnReply: true },
    { id: 'calm', name: 'Calm', mode: 'shared' as const, claimOnReply: false },
  ].map((queue) => [queue.id, queue]),
)

export const departments = new Map<string, Department>([
  ['after-sales', { id: 'after-sales', name: 'After sales', queue: 'deliveries' }],
])

/** Claire is also reached by mail. */
export const reach = { account: 'mail', channel: 'email', address: 'claire@home.example', queue: 'calm' }

export const now = 1_750_000_000_000

export const text = (words: string): ReadonlyArray<Part> => [{ _tag: 'Text', text: words }]

export const channel: ChannelFacts = {
  edit: true,
  delete: true,
  cc: true,
  maxTextLength: 1_000,
  files: { max: 3, maxBytes: 1_000_000, types: ['image/*', 'application/pdf'] },
}

export const facts = (over: Partial<Facts> = {}): Facts => ({
  now,
  actor: { kind: 'agent', id: 'ana' },
  agents,
  queues,
  account: { id: 'site', channel: 'livechat', queue: 'service', bots: false, policy: defaultInboundPolicy },
  channel,
  ...over,
})

export const by = (agent: string, over: Partial<Facts> = {}): Facts =>
  facts({ actor: { kind: 'agent', id: agent }, ...over })

const customer = { kind: 'contact', id: 'claire' } as const

export const receive = (words: string): Extract<Command, { readonly _tag: 'Receive' }> => ({
  _tag: 'Receive',
  message: { address: 'claire@example.org', parts: text(words), matched: 'contact' },
})

export const start = { conversation: 'c1', contact: 'claire', address: 'claire@example.org', follows: null }

export const fromCustomer = (over: Partial<Facts> = {}): Facts => facts({ actor: customer, ...over })

/** What a command makes of a conversation, or the refusal. */
export const step = (
  state: Conversation | undefined,
  command: Command,
  given: Facts,
): {
  readonly state: Conversation | undefined
  readonly entries: ReadonlyArray<Entry>
  readonly refusal: Refusal | null
} => {
  const decision = decide(state, command, given)
  if (decision._tag === 'Refused') return { state, entries: [], refusal: decision.refusal }
  return {
    state: decision.entries.reduce<Conversation | undefined>(evolve, state),
    entries: decision.entries,
    refusal: null,
  }
}

/** Runs commands that must all be accepted. */
export const given = (...steps: ReadonlyArray<readonly [Command, Facts]>): Conversation => {
  let state: Conversation | undefined
  for (const [command, stepFacts] of steps) {
    const next = step(state, command, stepFacts)
    if (next.refusal !== null) throw new Error(`${command._tag} was refused: ${JSON.stringify(next.refusal)}`)
    state = next.state
  }
  if (state === undefined) throw new Error('nothing was given')
  return state
}

/** A customer has written: open, with the team, in the shared queue. */
export const opened = (over: Partial<Facts> = {}): Conversation =>
  given([receive('Bonjour'), fromCustomer({ start, ...over })])

export const after = (state: Conversation, command: Command, stepFacts: Facts): Conversation => {
  const next = step(state, command, stepFacts)
  if (next.refusal !== null || next.state === undefined) {
    throw new Error(`${command._tag} was refused: ${JSON.stringify(next.refusal)}`)
  }
  return next.state
}
