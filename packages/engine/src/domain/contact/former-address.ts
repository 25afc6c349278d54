/** An address that somebody wrote from before, and the one that it became. */
export interface FormerAddress {
  readonly account: string
  readonly address: string
  readonly now: string
}

/** So many are remembered of one contact. */
const rememberedAtMost = 50

/**
 * What is known of somebody's former addresses once one has become another: every one leads to where she writes from now,
 * and what she writes from is no former one.
 *
 * @returns the same list when that was known.
 *
 * @example
 * ```ts
 * import { addressNow, movedAway } from '@guichet/engine/domain'
 *
 * const once = movedAway([], 'phone', '+331', '+332')
 * const twice = movedAway(once, 'phone', '+332', '+333')
 * console.log(addressNow(twice, 'phone', '+331'), addressNow(movedAway(twice, 'phone', '+333', '+331'), 'phone', '+331'))
 * ```
 *
 * ```text
 * +333 +331
 * ```
 */
export const movedAway = (
  former: ReadonlyArray<FormerAddress>,
  account: string,
  from: string,
  to: string,
): ReadonlyArray<FormerAddress> => {
  if (from === to || addressNow(former, account, from) === to) return former
  const others = former.filter((one) => one.account !== account || (one.address !== to && one.address !== from))
  const after = others.map((one) => (one.account === account && one.now === from ? { ...one, now: to } : one))
  return [...after, { account, address: from, now: to }].slice(-rememberedAtMost)
}

/**
 * Where who wrote from an address writes from now: a late message from there is hers, and answers go to where she is.
 *
 * @example
 * ```ts
 * import { addressNow, movedAway } from '@guichet/engine/domain'
 *
 * const former = movedAway([], 'phone', '+331', '+332')
 * console.log(addressNow(former, 'phone', '+331'), addressNow(former, 'other', '+331'))
 * ```
 *
 * ```text
 * +332 +331
 * ```
 */
export const addressNow = (former: ReadonlyArray<FormerAddress>, account: string, address: string): string =>
  former.find((one) => one.account === account && one.address === address)?.now ?? address
