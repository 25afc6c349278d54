import { type Amendment, decodeAmendment, partsNow } from '../../codec/amendment.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Movable } from '../../domain/conversation/move.ts'
import type { Delivery } from '../../domain/message/delivery.ts'
import { decodeDelivery } from '../../codec/delivery.ts'
import { filesOf } from '../../domain/message/part.ts'
import type { StoredAmendment, StoredDelivery } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { messageOf } from '../target.ts'

/** A message that can be moved, with all that hangs on it. */
export interface Standing extends Movable {
  readonly entry: Entry
  readonly amendment: Amendment
  /** The entries that edited it. */
  readonly edits: ReadonlyArray<Entry>
  readonly externalIds: ReadonlyArray<string>
  /** Files that it had before it was edited, and has no more. */
  readonly dropped: ReadonlyArray<string>
}

/** A conversation as it was read for a move: the messages that stand in it, and what else its journal contains. */
export interface Journal {
  readonly messages: ReadonlyArray<Standing>
  /** Other entries that hold what somebody has written: nothing of it is to stay in what is merged away. */
  readonly written: ReadonlyArray<Entry>
  /** Accounts under which ids of its messages may be known: it may have been transferred from one to another. */
  readonly accounts: ReadonlyArray<string>
}

const pageSize = 500

interface Pages {
  readonly entries: ReadonlyArray<Entry>
  readonly amendments: ReadonlyMap<number, StoredAmendment>
  readonly deliveries: ReadonlyMap<number, StoredDelivery>
}

const readAll = async (core: Core, workspace: string, conversation: string): Promise<Pages> => {
  const entries: Array<Entry> = []
  const amendments = new Map<number, StoredAmendment>()
  const deliveries = new Map<number, StoredDelivery>()
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0
    const page = await core.storage.timeline({ workspace, conversation, after, limit: pageSize })
    if (page.entries.length === 0) return { entries, amendments, deliveries }
    entries.push(...page.entries.map(decodeEntry))
    for (const row of page.amendments) amendments.set(row.seq, row)
    for (const row of page.deliveries) deliveries.set(row.seq, row)
  }
}

const blobsIn = (parts: Parameters<typeof filesOf>[0]): ReadonlyArray<string> => filesOf(parts).map(({ blob }) => blob)

const idsOf = (given: string | undefined, delivery: Delivery | undefined): ReadonlyArray<string> => [
  ...new Set([given, delivery?.externalId, ...(delivery?.ids ?? [])].filter((id) => id !== undefined)),
]

const standing = (pages: Pages, entry: Entry): ReadonlyArray<Standing> => {
  const message = messageOf(entry)
  if (message === undefined || message.deleted === true || message.movedTo !== undefined) return []
  const row = pages.amendments.get(entry.seq)
  const amendment: Amendment = row === undefined ? {} : decodeAmendment(row.data)
  const edits = pages.entries.filter(({ seq }) => amendment.edits?.includes(seq) === true)
  const parts = partsNow(message, amendment)
  const had = [message.parts, ...edits.flatMap(({ what }) => (what._tag === 'MessageEdited' ? [what.parts] : []))]
  const has = new Set(blobsIn(parts))
  const delivery = pages.deliveries.get(entry.seq)
  return [
    {
      seq: entry.seq,
      at: entry.what._tag === 'MessageMovedIn' ? (entry.what.receivedAt ?? entry.at) : entry.at,
      message,
      parts,
      entry,
      amendment,
      edits,
      externalIds: idsOf(message.externalId, delivery && decodeDelivery(delivery)),
      dropped: [...new Set(had.flatMap(blobsIn))].filter((blob) => !has.has(blob)),
    },
  ]
}

const accountsOf = ({ what }: Entry): ReadonlyArray<string> => {
  if (what._tag === 'Transferred') return what.reach === undefined ? [] : [what.reach.account]
  return 'start' in what && what.start !== undefined ? [what.start.account] : []
}

const isWritten = ({ what }: Entry): boolean => {
  switch (what._tag) {
    case 'MessageScheduled':
    case 'ScheduleChanged':
    case 'SubjectChanged':
    case 'Renamed':
    case 'AttributesSet':
    case 'AddressChanged':
      return true
    default:
      // Where somebody is reached, and the first subject.
      return 'start' in what && what.start !== undefined
  }
}

/** Reads a whole conversation. What it found holds as long as the conversation has the version it had before. */
export const readJournal = async (core: Core, workspace: string, conversation: string): Promise<Journal> => {
  const pages = await readAll(core, workspace, conversation)
  return {
    messages: pages.entries.flatMap((entry) => standing(pages, entry)),
    written: pages.entries.filter((entry) => isWritten(entry) && standing(pages, entry).length === 0),
    accounts: [...new Set(pages.entries.flatMap(accountsOf))],
  }
}
