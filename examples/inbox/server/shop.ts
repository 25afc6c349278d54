import type { AccountInput, Workspace } from '@guichet/engine'
import type { Agent, Queue } from '@guichet/engine/domain'

/** The tenant of the example: a shop for candles and scents. */
export const workspaceId = 'shop'
export const supportAddress = 'support@guichet.test'

const queues: ReadonlyArray<Queue> = [
  { id: 'service', name: 'Service client', mode: 'shared', claimOnReply: true },
  { id: 'livraisons', name: 'Livraisons', mode: 'exclusive', claimOnReply: true },
]

const agents: ReadonlyArray<Agent> = [
  { id: 'ana', name: 'Ana Dubois', role: 'agent', queues: ['service', 'livraisons'] },
  { id: 'ben', name: 'Ben Carter', role: 'agent', queues: ['service', 'livraisons'] },
  { id: 'chloe', name: 'Chloé Lambert', role: 'manager', queues: ['service', 'livraisons'] },
]

export interface Surroundings {
  /** Where the shop's mail goes out: the mailbox server of this example, on the port that it got today. */
  readonly mailbox: { readonly host: string; readonly port: number }
  /** Where the shop's page may stand. */
  readonly origins: ReadonlyArray<string>
  /** Signs tokens, in this data directory and in no other. */
  readonly secret: string
}

const accounts = ({ mailbox, origins, secret }: Surroundings): ReadonlyArray<AccountInput> => [
  {
    id: 'site',
    channel: 'livechat',
    name: 'Maison Lune',
    queue: 'service',
    // Scripts send no Origin, and this shop is there to be tried out.
    settings: { origins, allowNoOrigin: true, secret, identitySecret: `identity-${secret}` },
  },
  {
    id: 'support',
    channel: 'email',
    name: 'Maison Lune',
    queue: 'service',
    settings: { address: supportAddress, name: 'Maison Lune', secret, smtp: { ...mailbox, secure: false } },
  },
]

const must = <A>(
  what: string,
  outcome: { readonly ok: true; readonly value: A } | { readonly ok: false; readonly refusal: unknown },
): A => {
  if (outcome.ok) return outcome.value
  throw new Error(`${what}: ${JSON.stringify(outcome.refusal)}`)
}

/** Puts queues, agents and accounts in place; the same at every start. */
export const openShop = async (workspace: Workspace, around: Surroundings): Promise<void> => {
  for (const queue of queues) must(`queue ${queue.id}`, await workspace.queues.put(queue))
  for (const agent of agents) must(`agent ${agent.id}`, await workspace.agents.put(agent))
  for (const account of accounts(around)) must(`account ${account.id}`, await workspace.accounts.put(account))
}
