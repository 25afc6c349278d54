/** The words of a text as search compares them: in lower case, without accents, letters and digits only. */
export const wordsOf = (text: string): ReadonlyArray<string> =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{Mc}]+/gu) ?? []
