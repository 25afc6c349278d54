/** A record of what was sent; an empty one for anything else. */
export const recordAt = (value: unknown, ...path: ReadonlyArray<string>): Readonly<Record<string, unknown>> => {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[name] : undefined),
    value,
  )
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Readonly<Record<string, unknown>>)
    : {}
}

/** A text at a path; undefined when there is none, or an empty one. */
export const textAt = (value: unknown, ...path: ReadonlyArray<string>): string | undefined => {
  const found = recordAt(value, ...path.slice(0, -1))[path.at(-1) ?? '']
  return typeof found === 'string' && found !== '' ? found : undefined
}

export const listAt = (value: unknown, ...path: ReadonlyArray<string>): ReadonlyArray<unknown> => {
  const found = recordAt(value, ...path.slice(0, -1))[path.at(-1) ?? '']
  return Array.isArray(found) ? found : []
}
