/** Who is known at an address: on which conversation it goes on there, and since when the contact is known. */
export interface Reached {
  readonly contact: string
  /** Epoch milliseconds. */
  readonly since: number
  readonly conversation: string | null
  readonly verified: boolean
}

/** Whose both addresses are once one has become the other, and on which conversation both go on. */
export interface Readdressed {
  readonly contact: string
  readonly conversation: string | null
  readonly verified: boolean
  /** Somebody else was known at one of them: the two are perhaps one. */
  readonly other: string | null
}

/**
 * What it means that whoever wrote from one address writes from another one now. Where somebody else is known at the new
 * one, both are the newer's: a number is given to somebody new, and who has just written from a new one is not known yet.
 * Nothing is merged by that. Said twice it is the same as once.
 *
 * @returns null when nobody is known at either.
 *
 * @example
 * ```ts
 * import { readdressed } from '@guichet/engine/domain'
 *
 * const zoe = { contact: 'zoe', since: 10, conversation: 'c1', verified: true }
 * console.log(readdressed(zoe, undefined))
 *
 * const somebody = { contact: 'somebody', since: 20, conversation: 'c2', verified: false }
 * console.log(readdressed(zoe, somebody)?.contact, readdressed(zoe, somebody)?.conversation)
 * ```
 *
 * ```text
 * { contact: 'zoe', conversation: 'c1', verified: true, other: null }
 * somebody c2
 * ```
 */
export const readdressed = (from: Reached | undefined, to: Reached | undefined): Readdressed | null => {
  const known = to ?? from
  if (known === undefined) return null
  if (from === undefined || to === undefined || from.contact === to.contact) {
    const conversation = to?.conversation ?? from?.conversation ?? null
    const verified = from?.verified === true || to?.verified === true
    return { contact: known.contact, conversation, verified, other: null }
  }
  const [newer, older] = from.since > to.since ? [from, to] : [to, from]
  const { contact, verified } = newer
  return { contact, conversation: newer.conversation ?? from.conversation, verified, other: older.contact }
}
