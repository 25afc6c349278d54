import { wordsOf } from '@guichet/storage-sql'

/** In characters. Neither an index nor a `tsvector` takes words of any length. */
const longest = 500

/** The words of a text as indexes hold them; of a very long one its beginning. */
export const termsOf = (text: string): ReadonlyArray<string> =>
  wordsOf(text).map((word) => (word.length <= longest ? word : [...word].slice(0, longest).join('')))
