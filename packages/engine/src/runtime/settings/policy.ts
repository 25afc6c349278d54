import type { InboundPolicy } from '../../domain/account.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import { isFields } from '../../domain/message/part-issues.ts'

const words = {
  pending: ['open', 'keep'],
  closed: ['reopen', 'new'],
  spam: ['store', 'new'],
  archived: ['new', 'reopen'],
} as const satisfies Readonly<Record<Exclude<keyof InboundPolicy, 'windowReminderMs'>, ReadonlyArray<unknown>>>

const isWithin = (value: unknown): boolean =>
  isFields(value) && typeof value['within'] === 'number' && Number.isFinite(value['within']) && value['within'] > 0

const names = [...Object.keys(words), 'windowReminderMs'].join(', ')

const isDuration = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0

/** Why an account cannot have this policy for what comes in, or null: nothing that it says may be left to chance. */
export const checkPolicy = (policy: unknown): Refusal | null => {
  if (policy === undefined) return null
  const invalid = (...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what: 'account', issues })
  if (!isFields(policy)) return invalid(`policy: an object with ${names}`)
  const issues = Object.entries(policy).flatMap(([name, value]): ReadonlyArray<string> => {
    // As good as absent: it is the default.
    if (value === undefined) return []
    if (name === 'windowReminderMs') {
      return isDuration(value) ? [] : [`policy.${name}: milliseconds, 0 for never`]
    }
    if (!Object.hasOwn(words, name)) return [`policy.${name}: there are ${names}`]
    const known: ReadonlyArray<unknown> = words[name as keyof typeof words]
    if (known.includes(value) || (name === 'closed' && isWithin(value))) return []
    const more = name === 'closed' ? ', or { within } with milliseconds above zero' : ''
    return [`policy.${name}: ${known.join(' or ')}${more}`]
  })
  return issues.length === 0 ? null : invalid(...issues)
}
