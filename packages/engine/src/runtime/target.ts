import { type Amendment, decodeAmendment, partsNow } from '../codec/amendment.ts'
import { blankEntry, decodeEntry } from '../codec/entry.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { TargetFacts } from '../domain/conversation/facts.ts'
import type { Message } from '../domain/message/message.ts'
import { type FileRef, filesOf } from '../domain/message/part.ts'
import { isRich } from '../domain/message/written-out.ts'
import type { Core } from './core.ts'

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

const entryAt = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const stored = page.entries[0]
  return stored?.seq === seq ? { entry: decodeEntry(stored), amendments: page.amendments } : undefined
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

export const findTarget = async (
  core: Core,
  workspace: string,
  conversation: string,
  seq: number,
): Promise<Target | undefined> => {
  const found = await entryAt(core, workspace, conversation, seq)
  const message = found && messageOf(found.entry)
  if (found === undefined || message === undefined) return undefined
  const amended = found.amendments.find((row) => row.seq === seq)
  const amendment: Amendment = amended === undefined ? {} : decodeAmendment(amended.data)
  const edits = amendment.edits ?? []
  const current = partsNow(message, amendment)
  const files = filesOf(current)
  const edited = await Promise.all(edits.map((edit) => entryAt(core, workspace, conversation, edit)))
  const brought = edited.flatMap((one) => (one === undefined ? [] : filesIn(one.entry)))
  const planned = await plansOf(core, workspace, conversation, found.entry)
  return {
    facts: {
      direction: message.direction,
      author: message.author,
      deleted: message.deleted === true || message.movedTo !== undefined,
      files,
      rich: current.filter(isRich),
      reactions: amendment.reactions ?? [],
      edits: edits.length,
    },
    amendment,
    blanks: [found.entry, ...planned, ...edited.flatMap((one) => (one === undefined ? [] : [one.entry]))].map(
      (entry) => ({
        seq: entry.seq,
        data: blankEntry(entry),
      }),
    ),
    blobs: [...new Set([...filesOf(message.parts), ...brought, ...files].map((file) => file.blob))],
  }
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
