/*
 * An origin is a scheme, a host and a port, compared as a whole (RFC 6454). A pattern may begin its host with `*.`,
 * which stands for exactly one label: `https://*.shop.example` is `https://fr.shop.example`, never
 * `https://a.b.shop.example` and never `https://shop.example`.
 */

const shape =
  /^(https?):\/\/((?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?$/

/** A pattern as it is compared: lower case, without the port that its scheme has anyway. Undefined when it is none. */
export const originPattern = (pattern: string): string | undefined => {
  const found = shape.exec(pattern.toLowerCase())
  if (found === null) return undefined
  const [, scheme, host, port] = found
  const usual = scheme === 'https' ? '443' : '80'
  return port === undefined || port === usual ? `${scheme}://${host}` : `${scheme}://${host}:${port}`
}

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/** Whether one of the patterns, as `originPattern` gives them, allows this origin. */
export const allows = (patterns: ReadonlyArray<string>, origin: string): boolean => {
  // A host with a star in it is a pattern and no origin; `null` is every sandbox and every file.
  const exact = origin.includes('*') ? undefined : originPattern(origin)
  if (exact === undefined) return false
  return patterns.some((pattern) => {
    const star = pattern.indexOf('*.')
    if (star === -1) return pattern === exact
    const before = pattern.slice(0, star)
    const after = pattern.slice(star + 1)
    return exact.startsWith(before) && exact.endsWith(after) && label.test(exact.slice(before.length, -after.length))
  })
}
