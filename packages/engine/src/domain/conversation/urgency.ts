import type { Conversation, Priority } from './state.ts'

/** How much a conversation matters: the flag `urgent` stands above its priority. */
export const urgencyOf = ({ priority, flags }: Pick<Conversation, 'priority' | 'flags'>): Priority =>
  flags.includes('urgent') ? 'urgent' : priority
