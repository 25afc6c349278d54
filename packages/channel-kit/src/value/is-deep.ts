/** Far from where walking a value, or writing it down as JSON, would end in an overflow of the stack. */
const deepest = 64

/**
 * Whether objects and lists are nested more than 64 deep: deeper than anything that a provider sends. `JSON.parse` reads
 * such a value, but nothing that is stored can be written down from it: it has to stay in the bytes that it came in.
 *
 * @example
 * ```ts
 * import { isDeep } from '@guichet/channel-kit'
 *
 * console.log(isDeep({ entry: [{ changes: [] }] }), isDeep(JSON.parse('['.repeat(65) + ']'.repeat(65))))
 * ```
 *
 * ```text
 * false true
 * ```
 */
export const isDeep = (value: unknown): boolean => isDeeper(value, deepest)

const isDeeper = (value: unknown, room: number): boolean => {
  if (typeof value !== 'object' || value === null) return false
  if (room === 0) return true
  const inside: ReadonlyArray<unknown> = Array.isArray(value) ? value : Object.values(value)
  return inside.some((one) => isDeeper(one, room - 1))
}
