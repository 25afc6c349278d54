/** Around the first word that was looked for, in characters. */
const snippetLength = 120
/** What stands further down in a long message is shown from its beginning. */
const looksAt = 20_000

/** Case and accents do not matter; `at` is where each character of the folded text stood. */
const folded = (text: string): { readonly text: string; readonly at: ReadonlyArray<number> } => {
  const at: Array<number> = []
  let plain = ''
  let index = 0
  for (const character of text) {
    const bare = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
    for (let unit = 0; unit < bare.length; unit += 1) at.push(index)
    plain += bare
    index += character.length
  }
  return { text: plain, at }
}

/** The words with what stands around them, on one line. */
export const snippetOf = (body: string, words: string): string => {
  const looked = folded(body.slice(0, looksAt))
  const first = folded(words).text.match(/[\p{L}\p{N}]+/u)?.[0] ?? ''
  const found = looked.text.indexOf(first)
  const at = found === -1 ? 0 : (looked.at[found] ?? 0)
  const near = Math.max(0, at - snippetLength / 3)
  // It begins with a whole word, if one begins before what was found.
  const gap = near === 0 ? 0 : body.slice(near, at).search(/\s/) + 1
  const from = near + gap
  return body
    .slice(from, from + snippetLength)
    .replace(/\s+/g, ' ')
    .trim()
}
