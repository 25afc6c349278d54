/** A time since 1970 as ISO 8601 has it, in epoch milliseconds; undefined for anything else. */
export const instantOf = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}[T ]/.test(text)) return undefined
  const at = Date.parse(text)
  return at > 0 ? at : undefined
}

/**
 * A time that is in UTC where it does not say where: `2026-11-22 11:59:58`, also with fractions of a second, and with an
 * offset (`+0000`, `+00:00`, `Z`) whose plus may have become a space in an address.
 */
export const utcInstantOf = (text: string | undefined): number | undefined => {
  const [, day, time, offset = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?) ?(Z|[+-]?\d{2}:?\d{2})?$/.exec(text?.trim() ?? '') ?? []
  return day === undefined ? undefined : instantOf(`${day}T${time}${/^\d/.test(offset) ? '+' : ''}${offset}`)
}

/** `YYMMDDhhmm`, perhaps with seconds, as receipts of the GSM world have it; taken for UTC, which they do not say. */
export const shortInstantOf = (text: string | undefined): number | undefined => {
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text ?? '') ?? []
  return year === undefined ? undefined : instantOf(`20${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}
