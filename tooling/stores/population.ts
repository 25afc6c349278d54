import type { Storage, StoredConversation } from '@guichet/engine/ports'
import { changeset, conversation, entry, noon } from './changesets.ts'

const pick = <A>(list: ReadonlyArray<A>, n: number): A => list[n % list.length] as A

export const agents = ['ana', 'ben', 'cleo', 'dora']
export const queues = ['sales', 'support', 'returns', 'vip']
const words = ['bonjour', 'facture', 'chaise', 'élève', 'retour', 'merci']

/** Many times share a value, so that pages break between equals. */
const row = (n: number): StoredConversation =>
  conversation(n, {
    account: pick(['mail', 'sms', 'site'], n),
    channel: pick(['email', 'sms', 'livechat'], n),
    contact: `contact-${n % 97}`,
    status: pick(['closed', 'open', 'closed', 'pending', 'closed', 'archived', 'closed', 'spam', 'open'], n * 7),
    control: pick(['team', 'bot', 'team'], n * 5),
    queue: n % 11 === 0 ? null : pick(queues, n * 3),
    owner: n % 3 === 0 ? null : pick(agents, n * 13),
    flags: n % 29 === 0 ? ['urgent'] : n % 31 === 0 ? ['followUp', 'urgent'] : [],
    tags: n % 4 === 0 ? [pick(['gold', 'silver'], n / 4)] : [],
    involved: n % 6 === 0 ? [pick(agents, n / 6)] : [],
    mentioned: n % 18 === 0 ? [pick(agents, n / 6)] : [],
    inbound: (n % 3) + 1,
    lastBy: pick(['contact', 'agent', 'bot', null] as const, n),
    lastActivity: noon + ((n * 7919) % 700),
    deleted: n % 41 === 0,
  })

/** The same few thousand conversations in any store. */
export const populate = async (store: Storage, size: number): Promise<void> => {
  for (let from = 0; from < size; from += 500) {
    const numbers = Array.from({ length: Math.min(500, size - from) }, (_, index) => from + index)
    await store.commit(
      numbers.map((n) =>
        changeset({
          conversations: [{ row: row(n), expected: 0 }],
          entries: [entry(n, 1, { body: `${pick(words, n)} ${pick(words, n * 5 + 1)}` })],
        }),
      ),
    )
  }
  for (const agent of agents) {
    await store.markRead({ workspace: 'acme', agent, visibility: { _tag: 'All' }, filter: { owner: agent } })
  }
}
