/** Part of the language since ES2024, and of Node since version 20. */
interface UnicodeText {
  readonly isWellFormed: () => boolean
  readonly toWellFormed: () => string
}

/** Databases keep Unicode text: half of a surrogate pair becomes the replacement character, also in keys. */
export const wellFormed = (text: string): string => {
  const unicode = text as unknown as UnicodeText
  return unicode.isWellFormed() ? text : unicode.toWellFormed()
}

/** Texts as one parameter: a JSON array, for `json_each`. */
export const jsonList = (texts: ReadonlyArray<string>): string => JSON.stringify(texts.map(wellFormed))
