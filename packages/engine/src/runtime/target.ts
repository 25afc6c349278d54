import { decodeAmendment } from '../codec/amendment.ts'
import { blankEntry, decodeEntry } from '../codec/entry.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { TargetFacts } from '../domain/conversation/facts.ts'
import type { Message } from '../domain/message/message.ts'
import { type FileRef, filesOf } from '../domain/message/part.ts'
import type { Core } from './core.ts'

/** The message that a command is about, and what has to go when it is deleted. */
export interface Target {
  readonly facts: TargetFacts
  /** Entries that edited it. */
  readonly edits: ReadonlyArray<number>
  /** What stays of its entry, and of those that edited it. */
  readonly blanks: ReadonlyArray<{ readonly seq: number; readonly data: string }>
  readonly blobs: ReadonlyArray<string>
}

/** The message of an entry, if it is one. */
export const messageOf = (entry: Entry): Message | undefined => {
  const { what } = entry
  return what._tag === 'MessageReceived' || what._tag === 'MessageSent' || what._tag === 'NoteAdded'
    ? what.message
    : undefined
}

/** The files that came with an entry. */
const filesIn = (entry: Entry): ReadonlyArray<FileRef> =>
  filesOf(entry.what._tag === 'MessageEdited' ? entry.what.parts : (messageOf(entry)?.parts ?? []))

const entryAt = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const stored = page.entries[0]
  return stored?.seq === seq ? { entry: decodeEntry(stored), amendments: page.amendments } : undefined
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
  const amendment = amended === undefined ? undefined : decodeAmendment(amended.data)
  const edits = amendment?.edits ?? []
  const files = filesOf(amendment?.parts ?? message.parts)
  const edited = await Promise.all(edits.map((edit) => entryAt(core, workspace, conversation, edit)))
  const brought = edited.flatMap((one) => (one === undefined ? [] : filesIn(one.entry)))
  return {
    facts: { direction: message.direction, author: message.author, deleted: message.deleted === true, files },
    edits,
    blanks: [found, ...edited].flatMap((one) =>
      one === undefined ? [] : [{ seq: one.entry.seq, data: blankEntry(one.entry) }],
    ),
    blobs: [...new Set([...filesOf(message.parts), ...brought].map((file) => file.blob))],
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
