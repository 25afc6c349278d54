import { base32, fromBase32 } from './seal.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuidBytes = 16

/** 26 characters for a UUID, as the engine makes them. */
const uuidCodeLength = 26

/** A conversation id in letters and digits that survive a change of case. Ids that are no UUID are marked with `x`. */
export const encodeConversation = (id: string): string =>
  uuid.test(id) ? base32(Buffer.from(id.replaceAll('-', ''), 'hex')) : `x${base32(Buffer.from(id, 'utf8'))}`

/** The id again, or undefined when it is no code. */
export const decodeConversation = (code: string): string | undefined => {
  if (code.length === uuidCodeLength) {
    const bytes = fromBase32(code)
    if (bytes === undefined || bytes.length !== uuidBytes) return undefined
    const hex = Buffer.from(bytes).toString('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  }
  const bytes = code.startsWith('x') ? fromBase32(code.slice(1)) : undefined
  if (bytes === undefined) return undefined
  const id = Buffer.from(bytes).toString('utf8')
  return encodeConversation(id) === code ? id : undefined
}
