import type { Refusal } from '../conversation/refusal.ts'
import type { Block, BlockTarget } from './block.ts'

/** Somebody who wants to be heard: whom blocks are held against. */
export interface Heard {
  /** The contact, and those it went into or that went into it. */
  readonly contacts: ReadonlyArray<string>
  readonly account: string
  readonly address: string
  /** Where the message came from on the network, as far as the channel knows. */
  readonly ip?: string
}

/**
 * Whether a text is what a pattern says: asterisks stand for anything, case does not matter. Takes at worst
 * time in proportion to the product of the two lengths, whatever the pattern.
 *
 * @example
 * ```ts
 * import { fitsPattern } from '@guichet/engine/domain'
 *
 * console.log(fitsPattern('*@Spam.example', 'offers@spam.example'), fitsPattern('*@spam.example', 'zoe@example.org'))
 * ```
 *
 * ```text
 * true false
 * ```
 */
export const fitsPattern = (pattern: string, text: string): boolean => {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let [at, next, star, mark] = [0, 0, -1, 0]
  while (at < given.length) {
    if (wanted[next] === '*') {
      star = next
      next += 1
      mark = at
    } else if (wanted[next] === given[at]) {
      next += 1
      at += 1
    } else if (star >= 0) {
      // The last asterisk takes one character more; those before it never have to.
      mark += 1
      at = mark
      next = star + 1
    } else return false
  }
  while (wanted[next] === '*') next += 1
  return next === wanted.length
}

const concerns = (target: BlockTarget, who: Heard, inRange: (range: string, ip: string) => boolean): boolean => {
  switch (target._tag) {
    case 'Contact':
      return who.contacts.includes(target.contact)
    case 'Identity':
      return (
        (target.account === undefined || target.account === who.account) &&
        target.address.toLowerCase() === who.address.toLowerCase()
      )
    case 'Ip':
      return who.ip !== undefined && inRange(target.range, who.ip)
    case 'Pattern':
      return fitsPattern(target.pattern, who.address)
  }
}

/**
 * The first block that holds against somebody now, or null. Whether an address is in a range is a fact that the caller
 * supplies: text in a form that means nothing is in none.
 *
 * @example
 * ```ts
 * import { type Block, blockedBy } from '@guichet/engine/domain'
 *
 * const target = { _tag: 'Pattern', pattern: '*@spam.example' } as const
 * const block: Block = { id: 'b1', target, reason: 'advertising', by: 'ana', at: facts.now, until: facts.now + 1_000 }
 * const sender = { contacts: [], account: 'help', address: 'offers@spam.example' }
 * console.log(blockedBy([block], sender, facts.now, () => false)?.reason)
 * console.log(blockedBy([block], sender, facts.now + 1_000, () => false))
 * ```
 *
 * ```text
 * advertising
 * null
 * ```
 */
export const blockedBy = (
  blocks: Iterable<Block>,
  who: Heard,
  now: number,
  inRange: (range: string, ip: string) => boolean,
): Block | null => {
  for (const block of blocks) {
    if ((block.until === null || block.until > now) && concerns(block.target, who, inRange)) return block
  }
  return null
}

/** What a range means: nothing, every address there is, or some. */
export type RangeMeaning = 'nothing' | 'everything' | 'some'

const isText = (value: unknown, atMost: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= atMost

const targetIssue = (target: BlockTarget, meaning: (range: string) => RangeMeaning): string | null => {
  switch (target?._tag) {
    case 'Contact':
      return isText(target.contact, 200) ? null : 'contact: the id of a contact'
    case 'Identity':
      if (target.account !== undefined && !isText(target.account, 200)) return 'account: the id of an account, or none'
      return isText(target.address, 1_000) ? null : 'address: an address of 1 to 1000 characters'
    case 'Pattern':
      if (!isText(target.pattern, 320)) return 'pattern: a text of 1 to 320 characters, such as *@example.org'
      return /[\p{L}\p{N}]/u.test(target.pattern)
        ? null
        : `pattern: "${target.pattern}" is everybody; name at least one letter or digit, as in *@example.org`
    case 'Ip': {
      const means = isText(target.range, 100) ? meaning(target.range) : 'nothing'
      if (means === 'some') return null
      return means === 'everything'
        ? `range: ${target.range} is every address there is`
        : 'range: an address or a range such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32'
    }
    default:
      return 'target: a Contact, an Identity, an Ip or a Pattern'
  }
}

/**
 * Why a block may not be set: its target means nothing or everybody, nobody says why, or it would be over at once.
 *
 * @example
 * ```ts
 * import { checkBlock } from '@guichet/engine/domain'
 *
 * const target = { _tag: 'Pattern', pattern: '*' } as const
 * console.log(checkBlock({ target, reason: 'noise', until: null }, facts.now, () => 'nothing'))
 * ```
 *
 * ```text
 * {
 *   _tag: 'Invalid',
 *   what: 'block',
 *   issues: [
 *     'pattern: "*" is everybody; name at least one letter or digit, as in *@example.org'
 *   ]
 * }
 * ```
 */
export const checkBlock = (
  block: Pick<Block, 'target' | 'reason' | 'until'>,
  now: number,
  meaning: (range: string) => RangeMeaning,
): Refusal | null => {
  const { target, reason, until } = block
  const issue = targetIssue(target, meaning)
  const issues = issue === null ? [] : [issue]
  if (!isText(reason, 2_000)) issues.push('reason: a text of 1 to 2000 characters')
  if (until !== null && !Number.isFinite(until)) issues.push('until: a time in epoch milliseconds, or none')
  if (issues.length > 0) return { _tag: 'Invalid', what: 'block', issues }
  return until !== null && until <= now ? { _tag: 'PastTime', until, now } : null
}
