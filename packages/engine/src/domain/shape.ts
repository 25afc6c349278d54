/** Values from outside, read field by field; what does not fit is said in words, all of it at once. */
export type Issues = Array<string>

type Fields = Readonly<Record<string, unknown>>

/** A value as people would write it, cut short. Objects are not asked: they may have a `toString` that is none. */
export const shown = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? `"${value}"` : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** The fields of an object; those that are not `known` are refused by name, and `hint` may say why. */
export const fieldsOf = (
  value: unknown,
  at: string,
  known: ReadonlyArray<string>,
  issues: Issues,
  hint: (field: string) => string | null = () => null,
): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    issues.push(`${at} must be an object with ${known.join(', ')}`)
    return {}
  }
  for (const field of Object.keys(value)) {
    if (known.includes(field)) continue
    issues.push(`${at}.${field} is not known: ${hint(field) ?? `remove it, or use one of ${known.join(', ')}`}`)
  }
  return value as Fields
}

/** A text that is not blank. */
export const textAt = (value: unknown, at: string, issues: Issues): string => {
  if (typeof value === 'string' && value.trim() !== '') return value
  issues.push(`${at} must be a text that is not empty`)
  return ''
}

/** A list with something in it; `item` reads each. */
export const listAt = <A>(
  value: unknown,
  at: string,
  issues: Issues,
  item: (value: unknown, at: string) => A,
): ReadonlyArray<A> => {
  if (!Array.isArray(value) || value.length === 0) {
    issues.push(`${at} must be a list with at least one value`)
    return []
  }
  return value.map((each, index) => item(each, `${at}[${index}]`))
}

/** One of a few words. */
export const oneOfAt = <A extends string>(
  value: unknown,
  at: string,
  words: ReadonlyArray<A>,
  issues: Issues,
): A | undefined => {
  const found = words.find((word) => word === value)
  if (found === undefined) issues.push(`${at} must be one of ${words.join(', ')}, not ${shown(value)}`)
  return found
}
