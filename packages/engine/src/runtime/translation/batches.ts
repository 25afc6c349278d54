import type { Translator } from '../../ports/translator.ts'

/** Places of texts that a translator takes at once, in order. What is too long for it alone stands nowhere. */
export const batchesOf = (
  texts: ReadonlyArray<string>,
  { maxTexts, maxCharacters }: Pick<Translator['capabilities'], 'maxTexts' | 'maxCharacters'>,
): ReadonlyArray<ReadonlyArray<number>> => {
  const all: Array<Array<number>> = []
  let length = 0
  texts.forEach((text, place) => {
    if (text.length > maxCharacters) return
    const last = all.at(-1)
    if (last === undefined || last.length >= maxTexts || length + text.length > maxCharacters) {
      all.push([place])
      length = text.length
    } else {
      last.push(place)
      length += text.length
    }
  })
  return all
}
