import { type Actor, system } from '../../domain/actor.ts'
import type { Entry, Happening, Start } from '../../domain/conversation/entry.ts'
import type { Message } from '../../domain/message/message.ts'
import type { ImportedConversation, ImportedMessage } from '../../domain/workspace/imported.ts'

const authorOf = (message: ImportedMessage, contact: string, source: string): Actor => {
  if (message.direction === 'in') return { kind: 'contact', id: contact }
  // Somebody wrote it, but nobody who is known here.
  return message.agent === undefined ? { kind: 'system', id: source } : { kind: 'agent', id: message.agent }
}

const messageOf = (message: ImportedMessage, contact: string, source: string): Message => {
  const { direction, sentAt, parts, externalId } = message
  const common = {
    sentAt,
    parts,
    author: authorOf(message, contact, source),
    ...(externalId === undefined ? {} : { externalId }),
  }
  switch (direction) {
    case 'in':
      return { ...common, direction, matched: 'import' }
    case 'out':
      return { ...common, direction }
    case 'note':
      return { ...common, direction, mentions: [] }
  }
}

const ending = (status: ImportedConversation['status'], bots: boolean): ReadonlyArray<Happening> => {
  switch (status) {
    case 'open':
      return []
    case 'closed':
      return [{ _tag: 'Closed', control: bots ? 'bot' : 'team' }]
    case 'archived':
      return [{ _tag: 'Archived' }]
  }
}

/** The journal of an imported conversation: its messages in the order in which they were written, and how it ended. */
export const entriesOf = (
  history: ImportedConversation,
  messages: ReadonlyArray<ImportedMessage>,
  start: Start,
  now: number,
  bots: boolean,
): ReadonlyArray<Entry> => {
  const { source } = history
  const tags = [...new Set((history.tags ?? []).map((tag) => tag.trim()))]
  const ordered = [...messages].sort((a, b) => a.sentAt - b.sentAt)
  const happenings: ReadonlyArray<Happening> = [
    ...ordered.map(
      (message, index): Happening => ({
        _tag: 'MessageMovedIn',
        message: messageOf(message, start.contact, source),
        from: { source },
        ...(index === 0 ? { start } : {}),
      }),
    ),
    ...(tags.length === 0 ? [] : [{ _tag: 'Tagged' as const, tags }]),
    ...ending(history.status, bots),
  ]
  return happenings.map((what, index) => ({ seq: index + 1, at: now, actor: system, what }))
}
