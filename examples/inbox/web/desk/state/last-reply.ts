import { known } from './conversations.ts'

/** When the newest answer that this window knows of left. */
export const lastReplyAt = (): number | null => {
  const times = [...known.value.values()].flatMap((one) => (one.lastMessage?.by === 'agent' ? [one.lastActivity] : []))
  return times.length === 0 ? null : Math.max(...times)
}
