import { type Amendment, decodeAmendment, partsNow } from '../codec/amendment.ts'
import { blankEntry, decodeEntry } from '../codec/entry.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { TargetFacts } from '../domain/conversation/facts.ts'
import type { Message } from '../domain/message/message.ts'
import { type FileRef, filesOf } from '../domain/message/part.ts'
import { isRich } from '../domain/message/written-out.ts'
import type { StoredAmendment, StoredEntry } from '../ports/storage.ts'
import type { Core } from './core.ts'
import type { View } from './view.ts'

/** The message that a command is about, and what has to go when it is deleted. */
export interface Target {
  readonly facts: TargetFacts
  /** What stands beside it now. */
  readonly amendment: Amendment
  /** What stays of its entry, and of those that edited it. */
  readonly blanks: ReadonlyArray<{ readonly seq: number; readonly data: string }>
  readonly blobs: ReadonlyArray<string>
  /** What it says in another language, when that is what the command is about: beside the message, not in the journal. */
  readonly words?: string | null
  /** What a file is called that was fetched, when that is what the command is about: beside the message as well. */
  readonly fileName?: string
}

/** The message of an entry, if it is one. */
export const messageOf = (entry: Entry): Message | undefined => {
  const { what } = entry
  switch (what._tag) {
    case 'MessageReceived':
    case 'MessageSent':
    case 'NoteAdded':
    case 'MessageMovedIn':
      return what.message
    default:
      return undefined
  }
}

/** The files that came with an entry. */
const filesIn = (entry: Entry): ReadonlyArray<FileRef> =>
  filesOf(entry.what._tag === 'MessageEdited' ? entry.what.parts : (messageOf(entry)?.parts ?? []))

/** An entry, and what stands beside it. */
interface Row {
  readonly entry: StoredEntry
  readonly amendment: StoredAmendment | undefined
}

const rowAt = async (core: Core, workspace: string, conversation: string, seq: number): Promise<Row | undefined> => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const entry = page.entries[0]
  return entry?.seq === seq ? { entry, amendment: page.amendments.find((row) => row.seq === seq) } : undefined
}

/** A message that was scheduled was written down before it was sent, perhaps more than once. */
const plansOf = async (
  core: Core,
  workspace: string,
  conversation: string,
  { seq, what }: Entry,
): Promise<ReadonlyArray<Entry>> => {
  const schedule = what._tag === 'MessageSent' ? what.schedule : undefined
  if (schedule === undefined) return []
  const plans: Array<Entry> = []
  for (let after = schedule - 1; after < seq; ) {
    const page = await core.storage.timeline({ workspace, conversation, kinds: ['event'], after, limit: 500 })
    const entries = page.entries.map(decodeEntry)
    for (const entry of entries) {
      const isPlan =
        entry.seq === schedule || (entry.what._tag === 'ScheduleChanged' && entry.what.schedule === schedule)
      if (isPlan) plans.push(entry)
    }
    after = entries.at(-1)?.seq ?? seq
  }
  return plans
}

/** A message and everything that its target is made of, as the store has it. */
export interface ReadMessage extends Row {
  readonly edits: ReadonlyMap<number, StoredEntry>
  readonly plans: ReadonlyArray<Entry>
}

const editsOf = (amendment: StoredAmendment | undefined): ReadonlyArray<number> =>
  (amendment === undefined ? undefined : decodeAmendment(amendment.data).edits) ?? []

export const readMessage = async (
  core: Core,
  workspace: string,
  conversation: string,
  seq: number,
): Promise<ReadMessage | undefined> => {
  const row = await rowAt(core, workspace, conversation, seq)
  if (row === undefined) return undefined
  const [edited, plans] = await Promise.all([
    Promise.all(editsOf(row.amendment).map((edit) => rowAt(core, workspace, conversation, edit))),
    plansOf(core, workspace, conversation, decodeEntry(row.entry)),
  ])
  const edits = new Map(edited.flatMap((one) => (one === undefined ? [] : [[one.entry.seq, one.entry] as const])))
  return { ...row, edits, plans }
}

const targetOf = ({ entry: stored, amendment: beside, edits: rows, plans }: ReadMessage): Target | undefined => {
  const entry = decodeEntry(stored)
  const message = messageOf(entry)
  if (message === undefined) return undefined
  const amendment: Amendment = beside === undefined ? {} : decodeAmendment(beside.data)
  const current = partsNow(message, amendment)
  const files = filesOf(current)
  const edited = [...rows.values()].map(decodeEntry)
  return {
    facts: {
      direction: message.direction,
      author: message.author,
      deleted: message.deleted === true || message.movedTo !== undefined,
      files,
      rich: current.filter(isRich),
      reactions: amendment.reactions ?? [],
      edits: (amendment.edits ?? []).length,
      ...(amendment.revision === undefined ? {} : { revision: amendment.revision }),
    },
    amendment,
    blanks: [entry, ...plans, ...edited].map((one) => ({ seq: one.seq, data: blankEntry(one) })),
    blobs: [...new Set([...filesOf(message.parts), ...edited.flatMap(filesIn), ...files].map((file) => file.blob))],
  }
}

export const findTarget = async (
  core: Core,
  workspace: string,
  conversation: string,
  seq: number,
): Promise<Target | undefined> => {
  const read = await readMessage(core, workspace, conversation, seq)
  return read && targetOf(read)
}

/**
 * The same with what was decided before in the same batch. `read` is what the store has, if it was there when that was
 * looked up: the conversation must not have been changed by anybody else since.
 */
export const targetIn = (
  view: View,
  workspace: string,
  conversation: string,
  seq: number,
  read: ReadMessage | undefined,
): Target | undefined => {
  const entry = view.entry(workspace, conversation, seq, read?.entry)
  if (entry === undefined) return undefined
  const amendment = view.amendment(workspace, conversation, seq, read?.amendment)
  const edits = editsOf(amendment).flatMap((edit) => {
    const row = view.entry(workspace, conversation, edit, read?.edits.get(edit))
    return row === undefined ? [] : [[edit, row] as const]
  })
  return targetOf({ entry, amendment, edits: new Map(edits), plans: read?.plans ?? [] })
}

/** The blobs of a whole conversation: gathered before it is deleted, because afterwards nobody knows them. */
export const blobsOf = async (core: Core, workspace: string, conversation: string): Promise<ReadonlyArray<string>> => {
  const blobs: Array<string> = []
  let after = 0
  for (;;) {
    const page = await core.storage.timeline({ workspace, conversation, after, limit: 500 })
    const last = page.entries.at(-1)
    if (last === undefined) return blobs
    for (const stored of page.entries) {
      blobs.push(...filesIn(decodeEntry(stored)).map((file) => file.blob))
    }
    after = last.seq
  }
}
