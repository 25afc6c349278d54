/** How far letters may stand apart and still be meant together. */
const apart = 12

/** Letters in their order, not necessarily side by side: `trf` finds `transférer`. Lower is better; null: not there. */
const scattered = (text: string, wanted: string): number | null => {
  let at = -1
  let gaps = 0
  for (const letter of wanted) {
    const next = text.indexOf(letter, at + 1)
    if (next === -1) return null
    if (at !== -1) gaps += next - at - 1
    at = next
  }
  return gaps <= apart ? gaps : null
}

const wordBegins = (text: string, wanted: string): boolean =>
  text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))

/** How well a text fits: it begins so, a word does, it is somewhere in it, or its letters are. */
const fit = (text: string, wanted: string): number | null => {
  if (text.startsWith(wanted)) return 0
  if (wordBegins(text, wanted)) return 1
  if (text.includes(wanted)) return 2
  const words = wanted.split(' ').filter((word) => word !== '')
  if (words.length > 1 && words.every((word) => text.includes(word))) return 3
  const gaps = words.length > 1 || wanted.length < 2 ? null : scattered(text, wanted)
  return gaps === null ? null : 4 + gaps
}

/** From here on it is a guess: the letters are somewhere in the name, or something beside it fits. */
const guess = 2

export interface Ranked<A> {
  readonly rows: ReadonlyArray<A>
  /** Nothing among them has a word that begins so. */
  readonly guessed: boolean
}

/** What fits, best first; what fits equally well stays in its order. `textsOf` answers with the name before the rest. */
export const rank = <A>(
  all: ReadonlyArray<A>,
  wanted: string,
  limit: number,
  textsOf: (one: A) => readonly [name: string, rest: string],
): Ranked<A> => {
  if (wanted === '') return { rows: all.slice(0, limit), guessed: false }
  const placed = all
    .flatMap((one) => {
      const [name, rest] = textsOf(one)
      const place = fit(name, wanted) ?? (rest.includes(wanted) ? 20 : null)
      return place === null ? [] : [{ one, place }]
    })
    .sort((a, b) => a.place - b.place)
  return { rows: placed.slice(0, limit).map(({ one }) => one), guessed: (placed[0]?.place ?? guess) >= guess }
}
