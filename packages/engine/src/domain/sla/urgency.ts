import type { Conversation, Priority } from '../conversation/state.ts'

/** How much a conversation matters: the flag `urgent` stands above its priority. */
export const urgencyOf = ({ priority, flags }: Pick<Conversation, 'priority' | 'flags'>): Priority =>
  flags.includes('urgent') ? 'urgent' : priority
