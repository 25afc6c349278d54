/** A time as ISO 8601 has it, in epoch milliseconds; undefined for anything else. */
export const instantOf = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : at
}
