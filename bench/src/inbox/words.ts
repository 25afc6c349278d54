import { mix } from './mix.ts'

const vocabulary = 20_000
const slots = 1 << 16
const perMessage = 7

const syllables = ['ba', 'co', 'di', 'fa', 'gru', 'lo', 'mi', 'na', 'per', 'ri', 'sa', 'ti', 'vo', 'lan', 'mon', 'tre']

/** A word that can be pronounced; each number has its own. */
const wordOf = (n: number): string => {
  let word = ''
  for (let left = n + 1; left > 0; left = Math.floor(left / syllables.length)) {
    word += syllables[left % syllables.length]
  }
  return word
}

/** As in any language, the n-th most common word is n times as rare as the first (Zipf's law). */
const spoken: ReadonlyArray<string> = Array.from({ length: slots }, (_, slot) =>
  wordOf(Math.floor(vocabulary ** (slot / slots)) - 1),
)

/** In every third message. */
export const veryCommonWord = wordOf(0)
/** In about one message of a hundred. */
export const commonWord = wordOf(60)
/** In about one message of ten thousand. */
export const rareWord = spoken[slots - 1] ?? ''

/** What customers are asked for, and what agents search by. */
export const orderNumber = (n: number): string => `a${100_000 + (mix(n, 31) % 900_000)}`

/** What a message says: common and rare words, and in one of ten an order's number. */
export const textOf = (n: number, seq: number): string => {
  const seed = mix(n, seq)
  let text = seed % 10 === 0 ? orderNumber(n) : (spoken[seed % slots] ?? '')
  for (let at = 1; at < perMessage; at += 1) text += ` ${spoken[mix(seed, at) % slots]}`
  return text
}
