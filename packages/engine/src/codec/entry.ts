import type { Actor } from '../domain/actor.ts'
import type { Entry, Happening } from '../domain/conversation/entry.ts'
import type { Message, MessageAddress } from '../domain/message/message.ts'
import { type Part, textOf } from '../domain/message/part.ts'
import { allWordsOf } from '../domain/message/written-out.ts'
import type { StoredEntry } from '../ports/storage.ts'
import { type SlaRow, readSla, slaRow } from './sla.ts'

const kinds = { MessageReceived: 'in', MessageSent: 'out', NoteAdded: 'note' } as const

/** A message that was elsewhere before counts as what it was there. */
const kindOf = (what: Happening): StoredEntry['kind'] => {
  if (what._tag === 'MessageMovedIn') return what.message.direction
  return what._tag in kinds ? kinds[what._tag as keyof typeof kinds] : 'event'
}

/** The words of an entry, as search finds them; a subject counts where it begins or changes. */
const bodyOf = (what: Happening): { readonly text: string | null; readonly subject: string | null } => {
  switch (what._tag) {
    case 'MessageReceived':
    case 'MessageSent':
      return { text: allWordsOf(what.message.parts), subject: what.start?.subject ?? null }
    case 'NoteAdded':
      return { text: allWordsOf(what.message.parts), subject: null }
    case 'MessageMovedIn':
      return { text: allWordsOf(what.message.parts), subject: what.start?.subject ?? null }
    case 'MessageEdited':
      return { text: allWordsOf(what.parts), subject: null }
    case 'SubjectChanged':
      return { text: null, subject: what.subject }
    default:
      return { text: null, subject: null }
  }
}

/**
 * A message of one text, by far the most common, keeps its words once: in `body`, where search reads them. `t` is how
 * many characters of the body they are; what else it says, and its subject, stand behind them.
 */
interface Lean {
  readonly v: 1
  readonly what: Omit<Happening, '_tag'>
  readonly t?: number
  /** The promises that run from here on, as a row; null when none does. */
  readonly s?: SlaRow | null
}

const hasOneText = (parts: ReadonlyArray<Part>): boolean => parts.filter((part) => part._tag === 'Text').length === 1

const mapTexts = (parts: ReadonlyArray<Part>, text: string): ReadonlyArray<Part> =>
  parts.map((part) => (part._tag === 'Text' ? { _tag: 'Text', text } : part))

const withText = (what: Happening, text: string): Happening => {
  switch (what._tag) {
    case 'MessageReceived':
      return { ...what, message: { ...what.message, parts: mapTexts(what.message.parts, text) } }
    case 'MessageSent':
      return { ...what, message: { ...what.message, parts: mapTexts(what.message.parts, text) } }
    case 'NoteAdded':
      return { ...what, message: { ...what.message, parts: mapTexts(what.message.parts, text) } }
    case 'MessageMovedIn':
      return { ...what, message: { ...what.message, parts: mapTexts(what.message.parts, text) } }
    case 'MessageEdited':
      return { ...what, parts: mapTexts(what.parts, text) }
    default:
      return what
  }
}

const partsOf = (what: Happening): ReadonlyArray<Part> => {
  switch (what._tag) {
    case 'MessageReceived':
    case 'MessageSent':
    case 'NoteAdded':
    case 'MessageMovedIn':
      return what.message.parts
    case 'MessageEdited':
      return what.parts
    default:
      return []
  }
}

const write = (what: Happening, textLength: number | undefined, sla?: Entry['sla']): string => {
  const { _tag, ...rest } = what
  const lean: Lean = {
    v: 1,
    what: rest,
    ...(textLength === undefined ? {} : { t: textLength }),
    ...(sla === undefined ? {} : { s: sla === null ? null : slaRow(sla) }),
  }
  return JSON.stringify(lean)
}

export const encodeEntry = (conversation: string, entry: Entry): StoredEntry => {
  const { what } = entry
  const { text, subject } = bodyOf(what)
  const parts = partsOf(what)
  const lean = text !== null && hasOneText(parts)
  return {
    conversation,
    seq: entry.seq,
    kind: kindOf(what),
    type: what._tag,
    actorKind: entry.actor.kind,
    actor: entry.actor.id,
    at: entry.at,
    body: text === null ? subject : subject === null ? text : `${text}\n${subject}`,
    data: lean ? write(withText(what, ''), textOf(parts).length, entry.sla) : write(what, undefined, entry.sla),
  }
}

export const decodeEntry = (stored: StoredEntry): Entry => {
  const lean = JSON.parse(stored.data) as Partial<Lean>
  const actor = { kind: stored.actorKind, id: stored.actor } as Actor
  const sla = lean.s === undefined ? {} : { sla: lean.s === null ? null : readSla(lean.s) }
  const base = { seq: stored.seq, at: stored.at, actor, ...sla }
  if (lean.v === undefined) return { ...base, what: { _tag: 'Erased', was: stored.type } }
  const what = { _tag: stored.type, ...lean.what } as Happening
  return { ...base, what: lean.t === undefined ? what : withText(what, (stored.body ?? '').slice(0, lean.t)) }
}

const blankMessage = <M extends Message>(message: M): M => {
  const { meta: _, to: __, ...kept } = message as M & { readonly to?: string }
  return { ...kept, parts: [], deleted: true } as unknown as M
}

/** Nothing of it stays but where it is now: what is looked up by its id is found there. */
const movedMessage = <M extends Message>(message: M, to: MessageAddress): M => {
  const { meta: _, externalId: __, quote: ___, to: ____, ...kept } = message as M & { readonly to?: string }
  return { ...kept, parts: [], movedTo: to } as unknown as M
}

/** What stays of an entry whose message is deleted for good: who, when, and what it did to the conversation. */
export const blankEntry = (entry: Entry): string => blanked(entry, blankMessage)

/** What stays of an entry whose message has gone to another conversation. */
export const movedEntry = (entry: Entry, to: MessageAddress): string =>
  blanked(entry, (message) => movedMessage(message, to))

const blanked = (entry: Entry, without: <M extends Message>(message: M) => M): string => {
  const { what } = entry
  switch (what._tag) {
    case 'MessageReceived':
      return write({ ...what, message: without(what.message) }, undefined, entry.sla)
    case 'MessageSent':
      return write({ ...what, message: without(what.message) }, undefined, entry.sla)
    case 'NoteAdded':
      return write({ ...what, message: without(what.message) }, undefined, entry.sla)
    case 'MessageMovedIn':
      return write({ ...what, message: without(what.message) }, undefined, entry.sla)
    case 'MessageEdited':
      return write({ ...what, parts: [] }, undefined, entry.sla)
    // It was sent, and what was sent is deleted.
    case 'MessageScheduled':
    case 'ScheduleChanged':
      return write({ ...what, content: { parts: [] } }, undefined, entry.sla)
    case 'AddressChanged':
      return write({ ...what, from: '', to: '' }, undefined, entry.sla)
    case 'SubjectChanged':
      return write({ ...what, subject: null }, undefined, entry.sla)
    case 'Renamed':
      return write({ ...what, title: null }, undefined, entry.sla)
    case 'AttributesSet':
      return write({ ...what, attributes: {} }, undefined, entry.sla)
    default:
      return write(what, undefined, entry.sla)
  }
}
