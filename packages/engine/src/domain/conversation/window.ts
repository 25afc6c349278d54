import type { Start } from './entry.ts'
import { type WindowRule, windowEnd } from './can-send.ts'
import type { Conversation } from './state.ts'

/** When a customer was heard, and when to say that the time for an answer is running out. */

/** Two hours before the end, in milliseconds, where the account does not say. */
export const usualWindowReminderMs = 2 * 3_600_000

/** A customer's word opens the window from its time on; one that comes late does not close it earlier. What a machine says opens none. */
export const heardWith = (heardAt: number | null, sentAt: number): number =>
  heardAt === null ? sentAt : Math.max(heardAt, sentAt)

/**
 * When to remind of the end of the window that a message opens, epoch milliseconds; undefined when it opens none, when it
 * is over already, or when nobody wants to be reminded.
 */
export const remindAt = (
  before: Pick<Conversation, 'heardAt' | 'windowRefusedAt'> | undefined,
  sentAt: number,
  window: WindowRule | undefined,
  reminderMs: number,
  now: number,
): number | undefined => {
  if (window === undefined || reminderMs <= 0) return undefined
  const known = before?.heardAt ?? null
  if (known !== null && sentAt <= known) return undefined
  const end = windowEnd({ heardAt: sentAt, windowRefusedAt: before?.windowRefusedAt ?? null }, window, 'agent', now)
  return end === null || end <= now ? undefined : Math.max(end - reminderMs, now)
}

/** What a conversation at an address knows from the one it goes on from, where that was at the same. */
export const inherited = (from: Conversation | undefined, address: string): Pick<Start, 'heardAt' | 'elsewhere'> => {
  if (from?.address !== address) return {}
  const { heardAt, windowRefusedAt, elsewhere } = from
  const isRefused = heardAt !== null && windowRefusedAt !== null && windowRefusedAt >= heardAt
  return {
    ...(heardAt === null || isRefused ? undefined : { heardAt }),
    ...(elsewhere === null ? undefined : { elsewhere }),
  }
}
