import type {
  StoredAmendment,
  StoredConversation,
  StoredDocument,
  StoredDraft,
  StoredExternal,
  StoredIdentity,
  StoredParked,
  StoredQuarantine,
  StoredSetting,
} from '../ports/storage.ts'
import { emptyLog, type Log, type Logged } from './log.ts'
import { emptyOrder, type Ordered } from './ordered.ts'
import { emptyWork, type WorkTable } from './work.ts'

/** A conversation with everything that hangs on it. */
export interface Cell {
  readonly id: string
  /** That of the row, while the cell is in the order. */
  lastActivity: number
  row: StoredConversation | undefined
  /** By rising seq. */
  readonly entries: Logged[]
  readonly deliveries: Map<number, Logged>
  readonly amendments: Map<number, StoredAmendment>
  /** How many of the customer's messages each agent has read. */
  readonly read: Map<string, number>
}

/** What one workspace holds. Composite keys are made with `pair`. */
export interface Tables {
  readonly name: string
  readonly conversations: Map<string, Cell>
  readonly order: Ordered<Cell>
  readonly identities: Map<string, StoredIdentity>
  /** By kind, then by id. */
  readonly documents: Map<string, Map<string, StoredDocument>>
  readonly externals: Map<string, StoredExternal>
  readonly log: Log
  /** Word to rising positions of the entries that have it. */
  readonly words: Map<string, number[]>
  readonly parked: Map<string, StoredParked>
  readonly drafts: Map<string, StoredDraft>
  readonly settings: Map<string, StoredSetting>
  readonly quarantine: Map<string, StoredQuarantine>
  readonly counters: Map<string, Map<string, number>>
}

export interface Database {
  readonly workspaces: Map<string, Tables>
  readonly log: Log
  readonly work: WorkTable
  /** The last position given. */
  position: number
  /** The last position that search knows. */
  indexed: number
}

export const emptyDatabase = (): Database => ({
  workspaces: new Map(),
  log: emptyLog(),
  work: emptyWork(),
  position: 0,
  indexed: 0,
})

/** The tables of a workspace, made when something is first stored in it. */
export const tablesOf = (db: Database, workspace: string): Tables => {
  let tables = db.workspaces.get(workspace)
  if (tables === undefined) {
    tables = {
      name: workspace,
      conversations: new Map(),
      order: emptyOrder(),
      identities: new Map(),
      documents: new Map(),
      externals: new Map(),
      log: emptyLog(),
      words: new Map(),
      parked: new Map(),
      drafts: new Map(),
      settings: new Map(),
      quarantine: new Map(),
      counters: new Map(),
    }
    db.workspaces.set(workspace, tables)
  }
  return tables
}

export const cellOf = (tables: Tables, id: string): Cell => {
  let cell = tables.conversations.get(id)
  if (cell === undefined) {
    cell = {
      id,
      lastActivity: 0,
      row: undefined,
      entries: [],
      deliveries: new Map(),
      amendments: new Map(),
      read: new Map(),
    }
    tables.conversations.set(id, cell)
  }
  return cell
}

export const unreadOf = (cell: Cell, agent: string): number =>
  Math.max(0, (cell.row?.inbound ?? 0) - (cell.read.get(agent) ?? 0))

/** The index of the first entry whose seq is at least this. */
export const entryIndex = (entries: ReadonlyArray<Logged>, seq: number): number => {
  const seqAt = (index: number): number => entries[index]?.entry?.seq ?? 0
  // A journal has no gaps: the entry stands where its number says, unless somebody wrote one without its beginning.
  if (seq > 0 && seqAt(seq - 1) === seq) return seq - 1
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (seqAt(middle) < seq) low = middle + 1
    else high = middle
  }
  return low
}
