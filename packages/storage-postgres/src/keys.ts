import { encodeId } from '@guichet/storage-sql'
import { fromText, toText } from './text.ts'

/** What stands before the bytes of an id that is no UUID; and behind them, where they would be as long as a UUID. */
const mark = Buffer.of(0)
const uuidLength = 16

/**
 * An id as `bytea`: the 16 bytes of a UUID in its canonical form, or a zero byte and the text. No text becomes 16 bytes
 * long, so that the two cannot be confused, and each sorts among its own kind as the strings do.
 */
export const encodeKey = (id: string): Buffer => {
  const encoded = encodeId(id)
  if (typeof encoded !== 'string') return encoded as Buffer
  const text = Buffer.from(toText(encoded))
  return Buffer.concat(text.length === uuidLength - 1 ? [mark, text, mark] : [mark, text])
}

/** How the server writes a `bytea`: a backslash, an x, and two digits for each byte. */
const prefix = 2
const uuidDigits = prefix + uuidLength * 2

/** An id from what the server has written. */
export const decodeKey = (written: string): string => {
  if (written.length === uuidDigits) {
    return `${written.slice(2, 10)}-${written.slice(10, 14)}-${written.slice(14, 18)}-${written.slice(18, 22)}-${written.slice(22)}`
  }
  const key = Buffer.from(written.slice(prefix), 'hex')
  const end = key.length === uuidLength + 1 && key[uuidLength] === 0 ? uuidLength : key.length
  return fromText(key.toString('utf8', 1, end))
}
