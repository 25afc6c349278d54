import type { Email } from 'postal-mime'

/** Headers by lower-case name, each with all its values in the order of the mail. */
export type Headers = ReadonlyMap<string, ReadonlyArray<string>>

export const headersOf = (mail: Email): Headers => {
  const headers = new Map<string, Array<string>>()
  for (const { key, value } of mail.headers) {
    const values = headers.get(key)
    if (values === undefined) headers.set(key, [value])
    else values.push(value)
  }
  return headers
}

/** The first value of a header, '' when there is none. */
export const header = (headers: Headers, name: string): string => headers.get(name)?.[0] ?? ''
