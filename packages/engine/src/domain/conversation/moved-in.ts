import { previewOf } from '../message/part.ts'
import { isInternal } from './chat.ts'
import type { Entry, Happening } from './entry.ts'
import { knownAtMost } from './moved.ts'
import type { Conversation, LastMessage } from './state.ts'

type MovedIn = Extract<Happening, { readonly _tag: 'MessageMovedIn' }>

const said = (seq: number, message: MovedIn['message']): LastMessage => {
  const { kind } = message.author
  const by = message.direction === 'in' ? (message.automatic === undefined ? 'contact' : 'system') : kind
  return { seq, by, preview: previewOf(message.parts) }
}

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
  if (message.direction === 'note') {
    const mentioned = [...new Set([...state.mentioned, ...message.mentions])]
    if (!isInternal(state)) return { ...times, mentioned }
    return { ...times, mentioned, ...(newest ? { lastMessage: said(seq, message) } : {}), inbound: state.inbound + 1 }
  }
  const last = newest ? { lastMessage: said(seq, message) } : {}
  if (message.direction === 'out') return { ...times, ...last }
  const stranger = message.from !== undefined && !state.known.includes(message.from) && state.known.length < knownAtMost
  return {
    ...times,
    ...last,
    inbound: imported || message.automatic !== undefined ? state.inbound : state.inbound + 1,
    ...(stranger && message.from !== undefined ? { known: [...state.known, message.from] } : {}),
  }
}
