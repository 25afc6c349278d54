/** A BCP 47 tag for a language that nobody could tell. */
export const undetermined = 'und'

/** The pieces of a tag that change what is written: its language, script and region. */
export const piecesOf = (
  tag: string,
): { readonly language: string; readonly script: string | undefined; readonly region: string | undefined } => {
  const [language = '', ...rest] = tag.split('-')
  return {
    language: language.toLowerCase(),
    script: rest.find((piece) => /^[a-z]{4}$/i.test(piece))?.toLowerCase(),
    region: rest.find((piece) => /^([a-z]{2}|[0-9]{3})$/i.test(piece))?.toUpperCase(),
  }
}

/** Whether Chinese is written in its traditional script there. */
export const isTraditional = (tag: string): boolean => {
  const { script, region } = piecesOf(tag)
  return script === 'hant' || (script === undefined && ['TW', 'HK', 'MO'].includes(region ?? ''))
}

/** Whether this looks like the code of a language at all. */
export const isCode = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(value)
