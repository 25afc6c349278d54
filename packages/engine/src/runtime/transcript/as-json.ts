import type { Told, ToldConversation } from './conversation.ts'

/** Times as ISO 8601 in UTC. */
const iso = (at: number): string => new Date(at).toISOString()

const telling = ({ at, ...message }: Told) => ({ at: iso(at), ...message })

/** A transcript as data: what the text and the page say, for other machines. */
export const asData = ({ startedAt, writtenAt, messages, ...conversation }: ToldConversation) => ({
  ...conversation,
  startedAt: iso(startedAt),
  writtenAt: iso(writtenAt),
  messages: messages.map(telling),
})
