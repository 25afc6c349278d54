/** An id as it is stored: 16 bytes when it is a UUID in its canonical form, the text itself otherwise. */
export type Id = Uint8Array | string

const nibbles = new Int8Array(128).fill(-1)
for (let digit = 0; digit < 16; digit += 1) nibbles[digit.toString(16).charCodeAt(0)] = digit

const digits = Uint8Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0))

/** Where the 16 pairs of digits stand in a UUID. */
const pairs = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const
const hyphen = 45

/** The digit's value, or -1 for a character that is none: capitals too, since they would not come back as capitals. */
const nibble = (code: number): number => (code < 128 ? (nibbles[code] as number) : -1)

/**
 * The stored form of an id. Both forms sort as the strings do among their own kind, which is what pages and lanes
 * need; a column holds both because SQLite types values, not columns.
 */
export const encodeId = (id: string): Id => {
  if (
    id.length !== 36 ||
    id.charCodeAt(8) !== hyphen ||
    id.charCodeAt(13) !== hyphen ||
    id.charCodeAt(18) !== hyphen ||
    id.charCodeAt(23) !== hyphen
  ) {
    return id
  }
  // A new Uint8Array would cost the driver three times as much to bind: its bytes live on the JavaScript heap.
  const bytes = Buffer.allocUnsafe(16)
  let wrong = 0
  for (let at = 0; at < 16; at += 1) {
    const pair = pairs[at] as number
    const octet = (nibble(id.charCodeAt(pair)) << 4) | nibble(id.charCodeAt(pair + 1))
    wrong |= octet
    bytes[at] = octet
  }
  return wrong < 0 ? id : bytes
}

/** Written over by each: a text put together of its digits takes ten times the memory. */
const uuid = Buffer.alloc(36, '-')

export const decodeId = (id: Id): string => {
  if (typeof id === 'string') return id
  for (let at = 0; at < 16; at += 1) {
    const octet = id[at] as number
    const pair = pairs[at] as number
    uuid[pair] = digits[octet >> 4] as number
    uuid[pair + 1] = digits[octet & 15] as number
  }
  return uuid.toString('latin1')
}

const utf8 = new TextEncoder()

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const difference = (a[at] as number) - (b[at] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** The order in which SQLite sorts stored ids: text before bytes, and each by its bytes. */
export const compareIds = (a: Id, b: Id): number => {
  if (typeof a === 'string') return typeof b === 'string' ? compareBytes(utf8.encode(a), utf8.encode(b)) : -1
  return typeof b === 'string' ? 1 : compareBytes(a, b)
}
