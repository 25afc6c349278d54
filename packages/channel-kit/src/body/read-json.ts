import type { Json } from '@guichet/engine/ports'
import { quoteLongNumbers } from './long-numbers.ts'

/** What a body says as JSON, or why it is none. */
export type JsonRead =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: 'not UTF-8' | 'not JSON' }

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A member that would become the prototype of an object that it is assigned to; any of its letters may be escaped. */
const prototype = /"__proto__"|\\u00[5-7]/i

/** Finds out cheaply whether there can be such a number: most bodies have their long digits inside texts. */
const longNumber = /(?:^|[[:,])\s*-?\d{16}/

const withoutPrototype = (name: string, value: unknown): unknown => (name === '__proto__' ? undefined : value)

const parse = (text: string): Json => (prototype.test(text) ? JSON.parse(text, withoutPrototype) : JSON.parse(text))

/**
 * Reads a body as JSON (RFC 8259) and never throws: bytes that are not UTF-8 and texts that are not JSON are said to be
 * so. It differs from `JSON.parse` in two things. Whole numbers of more than 15 digits come as texts, digit by digit:
 * providers send ids as bare numbers, and beyond 2^53 a number would be another id. And members called `__proto__` are
 * left out, so that nothing that is copied from it can change a prototype.
 *
 * @example
 * ```ts
 * import { readJson } from '@guichet/channel-kit'
 *
 * const bytes = new TextEncoder().encode('{"id":17841400000000000123,"n":7}')
 * console.log(readJson(bytes))
 * console.log(readJson(new Uint8Array([0xff])))
 * ```
 *
 * ```text
 * { ok: true, value: { id: '17841400000000000123', n: 7 } }
 * { ok: false, reason: 'not UTF-8' }
 * ```
 */
export const readJson = (bytes: Uint8Array): JsonRead => {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return { ok: false, reason: 'not UTF-8' }
  }
  try {
    const value = parse(text)
    // Read as it stands first: what is no JSON must not become some by what is put around its numbers.
    return { ok: true, value: longNumber.test(text) ? parse(quoteLongNumbers(text)) : value }
  } catch {
    return { ok: false, reason: 'not JSON' }
  }
}
