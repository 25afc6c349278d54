import { decodeConversation } from '../codec/conversation.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { countChanges } from '../domain/counting.ts'
import type {
  CounterDelta,
  LoadRequest,
  Snapshot,
  StoredDelivery,
  StoredDocument,
  StoredExternal,
  StoredIdentity,
} from '../ports/storage.ts'
import type { Changes } from './changes.ts'
import { type Written, makeWritten } from './written.ts'

/** Needed beside what was loaded so far. */
export type Needs = Partial<LoadRequest>

export const noNeeds: LoadRequest = {
  conversations: [],
  identities: [],
  externals: [],
  documents: [],
  deliveries: [],
  counters: [],
}

/** Lengths in front, so that no id, however hostile, can look like two. */
const key = (first: string, second: string): string => `${first.length}:${first}${second}`
const key3 = (first: string, second: string, third: string | number): string =>
  `${first.length}:${second.length}:${first}${second}${third}`

/**
 * What the decisions of one batch see: what was loaded, and over it what earlier decisions of the same batch changed.
 */
export interface View extends Pick<Written, 'entry' | 'amendment'> {
  /** The version of a conversation as it was loaded; 0 when it was not: then whatever is in it was written in this batch. */
  readonly loaded: (workspace: string, id: string) => number
  readonly conversation: (workspace: string, id: string) => Conversation | undefined
  readonly identity: (workspace: string, account: string, address: string) => StoredIdentity | undefined
  readonly external: (workspace: string, account: string, externalId: string) => StoredExternal | undefined
  readonly document: (workspace: string, kind: string, id: string) => StoredDocument | undefined
  readonly delivery: (workspace: string, conversation: string, seq: number) => StoredDelivery | undefined
  /** A counter of a scope that was asked for, with what earlier decisions of the batch add to it. */
  readonly counter: (workspace: string, scope: string, bucket: string) => number
  /** Shows the changes of a decision to the decisions after it. */
  readonly apply: (changes: Changes) => void
}

export const makeView = (snapshot: Snapshot): View => {
  const rows = new Map(snapshot.conversations.map((row) => [key(row.workspace, row.id), row]))
  const conversations = new Map<string, Conversation>()
  const identities = new Map<string, StoredIdentity>(
    snapshot.identities.map((row) => [key3(row.workspace, row.account, row.address), row]),
  )
  const externals = new Map<string, StoredExternal>(
    snapshot.externals.map((row) => [key3(row.workspace, row.account, row.externalId), row]),
  )
  const documents = new Map<string, StoredDocument>(
    snapshot.documents.map((row) => [key3(row.workspace, row.kind, row.id), row]),
  )
  const deliveries = new Map<string, StoredDelivery>(
    snapshot.deliveries.map((row) => [key3(row.workspace, row.conversation, row.seq), row]),
  )
  const counters = new Map<string, number>()
  const add = (workspace: string, { scope, bucket, by }: CounterDelta): void => {
    const at = key3(workspace, scope, bucket)
    counters.set(at, (counters.get(at) ?? 0) + by)
  }
  for (const row of snapshot.counters) add(row.workspace, row)
  /** Added up when somebody asks: most batches never do. */
  const uncounted: Array<Changes> = []
  const written = makeWritten()
  return {
    entry: written.entry,
    amendment: written.amendment,
    loaded: (workspace, id) => rows.get(key(workspace, id))?.version ?? 0,
    conversation: (workspace, id) => {
      const at = key(workspace, id)
      const known = conversations.get(at)
      if (known !== undefined) return known
      const row = rows.get(at)
      if (row === undefined) return undefined
      const decoded = decodeConversation(row)
      conversations.set(at, decoded)
      return decoded
    },
    identity: (workspace, account, address) => identities.get(key3(workspace, account, address)),
    external: (workspace, account, externalId) => externals.get(key3(workspace, account, externalId)),
    document: (workspace, kind, id) => documents.get(key3(workspace, kind, id)),
    delivery: (workspace, conversation, seq) => deliveries.get(key3(workspace, conversation, seq)),
    counter: (workspace, scope, bucket) => {
      for (const changes of uncounted.splice(0)) {
        for (const { before, after } of changes.conversations ?? []) {
          for (const delta of countChanges(before, after)) add(changes.workspace, delta)
        }
      }
      return counters.get(key3(workspace, scope, bucket)) ?? 0
    },
    apply: (changes) => {
      const { workspace } = changes
      written.note(changes)
      if (changes.conversations !== undefined) uncounted.push(changes)
      for (const gone of changes.dropIdentities ?? []) identities.delete(key3(workspace, gone.account, gone.address))
      for (const { after } of changes.conversations ?? []) conversations.set(key(workspace, after.id), after)
      for (const row of changes.identities ?? []) identities.set(key3(workspace, row.account, row.address), row)
      for (const row of changes.externals ?? []) externals.set(key3(workspace, row.account, row.externalId), row)
      for (const row of changes.moveExternals ?? []) externals.set(key3(workspace, row.account, row.externalId), row)
      for (const row of changes.documents ?? []) {
        const at = key3(workspace, row.kind, row.id)
        if (row.data === null) documents.delete(at)
        else documents.set(at, row)
      }
      for (const row of changes.deliveries ?? []) deliveries.set(key3(workspace, row.conversation, row.seq), row)
    },
  }
}
