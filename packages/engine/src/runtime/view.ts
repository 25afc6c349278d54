import { decodeConversation } from '../codec/conversation.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type {
  LoadRequest,
  Snapshot,
  StoredContact,
  StoredDelivery,
  StoredExternal,
  StoredIdentity,
} from '../ports/storage.ts'
import type { Changes } from './changes.ts'

/** Needed beside what was loaded so far. */
export type Needs = Partial<LoadRequest>

export const noNeeds: LoadRequest = { conversations: [], identities: [], externals: [], contacts: [], deliveries: [] }

/** Lengths in front, so that no id, however hostile, can look like two. */
const key = (first: string, second: string): string => `${first.length}:${first}${second}`
const key3 = (first: string, second: string, third: string | number): string =>
  `${first.length}:${second.length}:${first}${second}${third}`

/**
 * What the decisions of one batch see: what was loaded, and over it what earlier decisions of the same batch changed.
 */
export interface View {
  readonly conversation: (workspace: string, id: string) => Conversation | undefined
  readonly identity: (workspace: string, account: string, address: string) => StoredIdentity | undefined
  readonly external: (workspace: string, account: string, externalId: string) => StoredExternal | undefined
  readonly contact: (workspace: string, id: string) => StoredContact | undefined
  readonly delivery: (workspace: string, conversation: string, seq: number) => StoredDelivery | undefined
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
  const contacts = new Map<string, StoredContact>(snapshot.contacts.map((row) => [key(row.workspace, row.id), row]))
  const deliveries = new Map<string, StoredDelivery>(
    snapshot.deliveries.map((row) => [key3(row.workspace, row.conversation, row.seq), row]),
  )
  return {
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
    contact: (workspace, id) => contacts.get(key(workspace, id)),
    delivery: (workspace, conversation, seq) => deliveries.get(key3(workspace, conversation, seq)),
    apply: (changes) => {
      const { workspace } = changes
      for (const { after } of changes.conversations ?? []) conversations.set(key(workspace, after.id), after)
      for (const row of changes.identities ?? []) identities.set(key3(workspace, row.account, row.address), row)
      for (const row of changes.externals ?? []) externals.set(key3(workspace, row.account, row.externalId), row)
      for (const row of changes.contacts ?? []) contacts.set(key(workspace, row.id), row)
      for (const row of changes.deliveries ?? []) deliveries.set(key3(workspace, row.conversation, row.seq), row)
    },
  }
}
