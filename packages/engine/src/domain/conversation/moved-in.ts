import { isInternal } from './chat.ts'
import type { Entry, Happening } from './entry.ts'
import { add } from './evolve/ownership.ts'
import { knownWith, lastOf } from './moved.ts'
import type { Conversation } from './state.ts'
import { heardWith } from './window.ts'

type MovedIn = Extract<Happening, { readonly _tag: 'MessageMovedIn' }>

/**
 * A message that was elsewhere before. It keeps its own time, so it is the last one only when none is newer. What comes
 * from another system has been read there: it makes nothing unread.
 */
export const movedIn = (state: Conversation, { seq }: Entry, what: MovedIn): Partial<Conversation> => {
  const { message, from, start } = what
  const { sentAt } = message
  const imported = 'source' in from
  const activity = start === undefined ? Math.max(state.lastActivity, sentAt) : sentAt
  const times = {
    lastActivity: activity,
    ...(imported && start !== undefined ? { createdAt: sentAt } : {}),
  }
  const newest = start !== undefined || state.lastMessage === null || sentAt >= state.lastActivity
  const shown = newest ? lastOf(seq, message, message.parts, isInternal(state)) : null
  const last = shown === null ? {} : { lastMessage: shown }
  if (message.direction === 'note') {
    const mentioned = add(state.mentioned, message.mentions)
    return { ...times, ...last, mentioned, ...(isInternal(state) ? { inbound: state.inbound + 1 } : {}) }
  }
  if (message.direction === 'out') return { ...times, ...last }
  const silent = imported || message.automatic !== undefined || state.status === 'spam'
  return {
    ...times,
    ...last,
    inbound: silent ? state.inbound : state.inbound + 1,
    known: knownWith(state.known, message.from),
    heardAt: message.automatic === undefined ? heardWith(state.heardAt, sentAt) : state.heardAt,
  }
}
