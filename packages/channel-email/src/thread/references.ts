/** How many ids a References header carries at most. */
const maxReferences = 20

/**
 * The first and the newest of a long list: the first is what clients group a thread by, the newest are what is still
 * around (RFC 5322 3.6.4 asks for all of them and has no remedy for thousands).
 */
export const trimReferences = (ids: ReadonlyArray<string>): ReadonlyArray<string> => {
  const unique = [...new Set(ids)]
  return unique.length <= maxReferences ? unique : [...unique.slice(0, 1), ...unique.slice(1 - maxReferences)]
}
