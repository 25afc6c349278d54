import type { ColumnType, Generated } from 'kysely'
import type { Id } from './ids.ts'

/** Workspaces have names outside and numbers inside: the number leads every key. */
interface WorkspaceTable {
  readonly id: Generated<number>
  readonly name: string
}

export interface ConversationTable {
  readonly ws: number
  readonly id: Id
  readonly version: number
  readonly seq: number
  readonly account: string
  readonly channel: string
  readonly contact: Id
  readonly status: number
  readonly control: number
  readonly queue: string | null
  readonly owner: string | null
  readonly inbound: number
  readonly last_by: number | null
  readonly last_activity: number
  readonly subject: string | null
  readonly preview: string | null
  /** Tags, involved, mentioned and flags as JSON, as they were given; null when all four are empty. */
  readonly facets: string | null
  readonly deleted: number
  readonly data: string
}

/** One row for each tag, involved agent, mentioned agent and flag, with what lists are sorted by. */
export interface FacetTable {
  readonly ws: number
  readonly conv: Id
  readonly kind: number
  readonly value: string
  readonly status: number
  readonly last_activity: number
}

export interface IdentityTable {
  readonly ws: number
  readonly account: string
  readonly address: string
  readonly contact: Id
  readonly conv: Id | null
  readonly verified: number
  readonly version: number
}

export interface DocumentTable {
  readonly ws: number
  readonly kind: string
  readonly id: Id
  readonly version: number
  readonly parent: Id | null
  readonly words: string
  readonly data: string
}

/** One row for each different word of a document, folded as in the full text. */
export interface DocumentWordTable {
  readonly ws: number
  readonly kind: string
  readonly word: string
  readonly id: Id
}

export interface ExternalTable {
  readonly ws: number
  readonly account: string
  readonly external_id: string
  readonly conv: Id
  readonly seq: number
  readonly at: number
}

/** The journal. `pos` is the place in the stream, which entries and deliveries share. */
export interface EntryTable {
  readonly pos: number
  readonly ws: number
  readonly conv: Id
  readonly seq: number
  readonly kind: number
  readonly type: string
  readonly actor_kind: number
  readonly actor: Id
  readonly at: number
  readonly body: string | null
  readonly data: string
}

/** A change gives a delivery a new place at the end of the stream. */
export interface DeliveryTable {
  readonly pos: number
  readonly ws: number
  readonly conv: Id
  readonly seq: number
  readonly account: string
  readonly status: string
  readonly version: number
  readonly data: string
}

export interface AmendmentTable {
  readonly ws: number
  readonly conv: Id
  readonly seq: number
  readonly data: string
}

export interface WorkTable {
  readonly ws: number
  readonly id: Id
  readonly kind: string
  readonly lane: string
  readonly due: number
  readonly key: string | null
  readonly payload: string
  readonly attempts: number
  /** When the lease ends; 0 when nobody holds it. */
  readonly lease: number
  /** 1 for the first of its lane, the only one that can be claimed. */
  readonly head: number
}

export interface ParkedTable {
  readonly ws: number
  readonly id: Id
  readonly account: string
  readonly external_id: string
  readonly at: number
  readonly data: string
}

export interface DraftTable {
  readonly ws: number
  readonly conv: Id
  readonly agent: string
  readonly mode: string
  readonly at: number
  readonly data: string
}

export interface SettingTable {
  readonly ws: number
  readonly kind: string
  readonly id: string
  readonly data: string
}

export interface QuarantineTable {
  readonly ws: number
  readonly id: Id
  readonly account: string
  readonly at: number
  readonly reason: string
  readonly head: string
  readonly body: Uint8Array
}

export interface CounterTable {
  readonly ws: number
  readonly scope: string
  readonly bucket: string
  readonly n: number
}

/** How many of the customer's messages an agent has read. */
interface ReadMarkTable {
  readonly ws: number
  readonly agent: string
  readonly conv: Id
  readonly read: number
}

/** Full text of what entries say; `rowid` is the entry's `pos`. */
export interface SearchTable {
  readonly rowid: number
  readonly ws: string
  readonly body: string
  /** FTS5 takes commands in a column that has the table's name. */
  readonly search: ColumnType<never, 'delete' | undefined, never>
}

/** One row: up to where in the stream the full text goes. */
interface SearchMarkTable {
  readonly pos: number
}

export interface Tables {
  readonly workspace: WorkspaceTable
  readonly conversation: ConversationTable
  readonly facet: FacetTable
  readonly identity: IdentityTable
  readonly document: DocumentTable
  readonly document_word: DocumentWordTable
  readonly external: ExternalTable
  readonly entry: EntryTable
  readonly delivery: DeliveryTable
  readonly amendment: AmendmentTable
  readonly work: WorkTable
  readonly parked: ParkedTable
  readonly draft: DraftTable
  readonly setting: SettingTable
  readonly quarantine: QuarantineTable
  readonly counter: CounterTable
  readonly read_mark: ReadMarkTable
  readonly search: SearchTable
  readonly search_mark: SearchMarkTable
}
