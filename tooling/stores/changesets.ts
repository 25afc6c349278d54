import { emptyChangeset, plainConversation, plainEntry } from '@guichet/conformance'
import type { Changeset, StoredConversation, StoredEntry } from '@guichet/engine/ports'

export const workspace = 'acme'
export const noon = Date.UTC(2026, 0, 1, 12)

/** A UUID made of a number. */
export const id = (n: number): string => `0198c0de-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

export const changeset = (part: Partial<Changeset>): Changeset => ({ ...emptyChangeset, workspace, ...part })

export const conversation = (n: number, part: Partial<StoredConversation> = {}): StoredConversation => ({
  ...plainConversation,
  id: id(n),
  contact: id(0xc0000 + n),
  lastActivity: noon + n,
  preview: 'Bonjour',
  ...part,
})

export const entry = (n: number, seq: number, part: Partial<StoredEntry> = {}): StoredEntry => ({
  ...plainEntry,
  conversation: id(n),
  seq,
  actor: id(0xc0000 + n),
  at: noon,
  body: 'Bonjour',
  ...part,
})

/** A first message: everything that it writes, in one changeset. */
export const arrival = (n: number): Changeset =>
  changeset({
    conversations: [{ row: conversation(n), expected: 0 }],
    identities: [
      {
        account: 'mail',
        address: `${n}@example.com`,
        contact: id(0xc0000 + n),
        conversation: id(n),
        verified: false,
        version: 1,
      },
    ],
    documents: [{ kind: 'contact', id: id(0xc0000 + n), version: 1, parent: null, words: `Customer ${n}`, data: '{}' }],
    externals: [{ account: 'mail', externalId: `<${n}@example.com>`, conversation: id(n), seq: 1, at: noon }],
    entries: [entry(n, 1)],
    counters: [{ scope: 'workspace', bucket: 'open', by: 1 }],
  })

/** A message in a conversation that has had `seq - 1` of them. */
export const following = (n: number, seq: number, part: Partial<StoredConversation> = {}): Changeset =>
  changeset({
    conversations: [
      {
        row: conversation(n, { version: seq, seq, inbound: seq, lastActivity: noon + seq * 1_000, ...part }),
        expected: seq - 1,
      },
    ],
    externals: [{ account: 'mail', externalId: `<${n}.${seq}@example.com>`, conversation: id(n), seq, at: noon }],
    entries: [entry(n, seq)],
  })
