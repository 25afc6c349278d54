import type { Changeset, Storage } from '@guichet/engine/ports'
import Database from 'better-sqlite3'
import { arrival, changeset, entry, following, id, noon } from '../../../../tooling/stores/changesets.ts'

/** What the process under test does next; between two steps it says that the first is done. */
export type Step =
  | { readonly _tag: 'Commit'; readonly changesets: ReadonlyArray<Changeset> }
  /** Fills the full text. */
  | { readonly _tag: 'Index' }
  /** Takes the log into the file, as the store itself does after some thousand pages. */
  | { readonly _tag: 'Checkpoint' }
  /** Closes the store and opens it again. */
  | { readonly _tag: 'Reopen' }

const commit = (...changesets: ReadonlyArray<Changeset>): Step => ({ _tag: 'Commit', changesets })

const arrivals = (from: number, to: number): ReadonlyArray<Changeset> =>
  Array.from({ length: to - from + 1 }, (_, index) => arrival(from + index))

/** The customer writes once more, and the conversation is closed. */
const closing = (n: number, seq: number): Changeset => ({
  ...following(n, seq, { status: 'closed' }),
  counters: [{ scope: 'workspace', bucket: 'open', by: -1 }],
})

/** An answer of the team, to be delivered by a worker. */
const answering = (n: number, seq: number): Changeset => ({
  ...following(n, seq, { lastBy: 'agent', flags: ['urgent'], tags: ['gold'] }),
  externals: [],
  entries: [entry(n, seq, { kind: 'out', actorKind: 'agent', actor: 'ana', body: 'Volontiers, madame.'.repeat(40) })],
  deliveries: [{ conversation: id(n), seq, account: 'mail', status: 'queued', version: 1, data: '{}' }],
  work: [
    { id: id(0xd0000 + n), kind: 'deliver', lane: id(n), due: noon, key: `${n}.${seq}`, payload: '{"attempt":1}' },
    { id: id(0xe0000 + n), kind: 'snooze', lane: id(n), due: noon + 60_000, key: `${n}`, payload: '{}' },
  ],
})

const draft = (n: number, data: string | null): Changeset =>
  changeset({ drafts: [{ conversation: id(n), agent: 'ana', mode: 'reply', at: noon, data }] })

/** Changesets of one step touch different conversations, as they do when the engine puts callers together. */
export const steps: ReadonlyArray<Step> = [
  commit(arrival(1)),
  commit(...arrivals(2, 6), draft(1, '{"text":"Bonjour"}')),
  commit(answering(1, 2), draft(1, null)),
  { _tag: 'Index' },
  { _tag: 'Checkpoint' },
  commit(following(2, 2), closing(3, 2)),
  commit(...arrivals(7, 22), answering(4, 2)),
  { _tag: 'Index' },
  { _tag: 'Reopen' },
  commit(answering(5, 2), following(2, 3), { ...arrival(1), workspace: 'elsewhere' }),
  { _tag: 'Checkpoint' },
  commit(changeset({ cancel: [{ kind: 'snooze', key: '4' }], settings: [{ kind: 'queue', id: 'q', data: '{}' }] })),
  commit(closing(2, 4), ...arrivals(23, 25)),
  commit(changeset({ erase: [{ conversation: id(1), seq: 'all' }] }), closing(6, 2)),
  { _tag: 'Reopen' },
  commit(arrival(26)),
]

/** Does a step on an open store; to open it again is left to whoever holds it. Throws when a changeset conflicts. */
export const perform = async (store: Storage, file: string, step: Step): Promise<void> => {
  switch (step._tag) {
    case 'Commit': {
      const answers = await store.commit(step.changesets)
      if (answers.some(({ _tag }) => _tag !== 'Committed')) throw new Error('nothing here may conflict')
      return
    }
    case 'Index':
      await store.index(1_000)
      return
    case 'Checkpoint': {
      const db = new Database(file)
      try {
        db.pragma('wal_checkpoint(passive)')
      } finally {
        db.close()
      }
      return
    }
    case 'Reopen':
  }
}
