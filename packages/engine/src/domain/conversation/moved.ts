import { previewOf } from '../message/part.ts'
import type { Message } from '../message/message.ts'
import { isInternal } from './chat.ts'
import type { Happening } from './entry.ts'
import { type Change, add } from './evolve/ownership.ts'
import type { Conversation, LastMessage } from './state.ts'

/** What moving, merging and talking among colleagues do to a conversation; part of `evolve`. */

type Of<Tag extends Happening['_tag']> = Extract<Happening, { readonly _tag: Tag }>

/** Whose word a message is in a list; null for what only colleagues see, where a customer reads as well. */
const saidBy = (message: Message, amongColleagues: boolean): LastMessage['by'] | null => {
  switch (message.direction) {
    case 'in':
      return message.automatic === undefined ? 'contact' : 'system'
    case 'out':
      return message.author.kind === 'contact' ? 'system' : message.author.kind
    case 'note':
      return amongColleagues ? 'agent' : null
  }
}

/** How a list shows a message as the last one; null for a note beside a customer. */
export const lastOf = (
  seq: number,
  message: Message,
  parts: Message['parts'],
  amongColleagues: boolean,
): LastMessage | null => {
  const by = saidBy(message, amongColleagues)
  return by === null ? null : { seq, by, preview: previewOf(parts) }
}

/** What is left is what stands in the list now. */
export const movedOut = ({ last }: Of<'MessagesMovedOut'>): Change => (last === undefined ? {} : { lastMessage: last })

/** On top of what a deletion does: nothing is left here but where it went. */
export const mergedAway = ({ into }: Of<'MergedInto'>): Change => ({
  mergedInto: into,
  status: 'closed',
  statusBeforeArchive: null,
  scheduled: [],
  handover: null,
  askedBot: null,
  translation: null,
  attributes: {},
})

/** So many addresses are known: a thread with a mailing list in copy cannot grow its row without end. */
export const knownAtMost = 50

/** With one address more, if it is new and there is room. */
export const knownWith = (known: ReadonlyArray<string>, from: string | undefined): ReadonlyArray<string> =>
  from === undefined || known.length >= knownAtMost ? known : add(known, [from])

export const merged = (state: Conversation, what: Of<'Merged'>): Change => ({
  tags: add(state.tags, what.tags),
  participants: add(state.participants, what.participants),
  known: add(state.known, what.known).slice(0, knownAtMost),
  ...(what.status === undefined ? {} : { status: what.status, statusBeforeArchive: null, snoozedUntil: null }),
  ...(what.control === undefined ? {} : { control: what.control }),
})

/** A word among colleagues is what everybody else has to read; beside a customer, a note only calls for whom it names. */
export const noted = (state: Conversation, what: Of<'NoteAdded'>): Change => {
  const { message, status } = what
  const mentioned = add(state.mentioned, message.mentions)
  if (!isInternal(state)) return { mentioned }
  return {
    mentioned,
    lastMessage: lastOf(state.seq + 1, message, message.parts, true),
    lastActivity: Math.max(state.lastActivity, message.sentAt),
    inbound: state.inbound + 1,
    ...(status === undefined ? {} : { status, snoozedUntil: null, statusBeforeArchive: null }),
  }
}

/** Who leaves a conversation among colleagues as its owner leaves it to the next of them. */
export const left = (state: Conversation, agent: string, heir: string | undefined): Change => {
  const participants = state.participants.filter((id) => id !== agent)
  const assignees = state.assignees.filter((id) => id !== agent)
  // An entry that is older than that it says so passed it to whoever was next.
  const next = state.owner === agent ? (heir ?? participants[0]) : undefined
  if (next === undefined) return { participants, assignees }
  return {
    owner: next,
    locked: false,
    participants: participants.filter((id) => id !== next),
    assignees: [...assignees, next],
  }
}
