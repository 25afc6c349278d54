import { shown } from '../../domain/shape.ts'
import type { HandoverPolicy } from '../../domain/account.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Channel } from '../../ports/channel.ts'
import { handoverFields } from './known.ts'

const invalid = (...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what: 'account', issues })

/** Why these bots cannot answer for an account, or null: each must be there, once. */
export const checkBots = (known: ReadonlySet<string>, bots: unknown): Refusal | null => {
  if (!Array.isArray(bots)) return invalid('bots: a list of names of bots; an empty one for none')
  const unknown = bots.filter((bot) => !known.has(bot))
  if (unknown.length > 0) {
    const there = [...known].join(', ') || 'none'
    return invalid(...unknown.map((bot) => `bots: there is no bot ${shown(bot)}; the engine was given ${there}`))
  }
  return new Set(bots).size === bots.length ? null : invalid('bots: each bot once')
}

const longestWaitMs = 24 * 60 * 60_000

/** Why a handover cannot ask for this, or null. */
export const checkHandover = (handover: HandoverPolicy | null | undefined): Refusal | null => {
  if (handover === null || handover === undefined) return null
  const { ask, waitMs }: Partial<HandoverPolicy> = typeof handover === 'object' ? handover : {}
  const issues: Array<string> = []
  if (!Array.isArray(ask) || ask.length === 0 || !ask.every((field) => handoverFields.includes(field))) {
    issues.push(`handover.ask: one or more of ${handoverFields.join(', ')}; handover: null asks for nothing`)
  } else if (new Set(ask).size !== ask.length) issues.push('handover.ask: each of them once')
  if (typeof waitMs !== 'number' || !Number.isFinite(waitMs) || waitMs <= 0 || waitMs > longestWaitMs) {
    issues.push('handover.waitMs: more than 0 and at most 86400000 milliseconds, a day')
  }
  return issues.length === 0 ? null : invalid(...issues)
}

/** Whoever writes by mail or telephone has told who she is; a visitor of a chat, where forms can be shown, has not. */
export const usualHandover = (channel: Channel | undefined, bots: ReadonlyArray<string>): HandoverPolicy | null =>
  bots.length > 0 && channel?.capabilities.parts?.includes('Form') === true
    ? { ask: ['firstName', 'email'], waitMs: 15 * 60_000 }
    : null
