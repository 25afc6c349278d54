import fc from 'fast-check'

/** Whole numbers without their text: what JSON cannot hold is put into it by hand. */
interface Digits {
  readonly digits: string
}
const isDigits = (value: unknown): value is Digits => typeof value === 'object' && value !== null && 'digits' in value

const digits = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 1n, max: 10n ** 30n }))
  .map(([negative, whole]): Digits => ({ digits: `${negative ? '-' : ''}${whole}` }))
const awkward = fc.constantFrom('"', '\\', '\\"', ': 1234567890123456', ',1234567890123456789]', '[-12345678901234567')
const text = fc.oneof(fc.string({ unit: 'binary' }), awkward)
/** From Node 24 on `JSON.parse` itself takes the name `"` for `\` where a like object had that one. */
const name = text.filter((one) => one !== '__proto__' && !one.includes('"'))
export const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(digits, text, fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
  ),
}))
export const space = fc.constantFrom('', ' ', '\n\t', '\r\n')

export const written = (value: unknown, between: string): string => {
  if (isDigits(value)) return value.digits
  if (Array.isArray(value))
    return `[${between}${value.map((one) => written(one, between)).join(`${between},${between}`)}]`
  if (typeof value !== 'object' || value === null) return numberWritten(value)
  const members = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}${between}:${between}${written(one, between)}`,
  )
  return `{${members.join(`,${between}`)}${between}}`
}

/** JavaScript writes doubles beyond 10^15 without an exponent: this is one that is not a whole number to a reader. */
const numberWritten = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) >= 1e15
    ? value.toExponential()
    : JSON.stringify(value)

export const expected = (value: unknown): unknown => {
  if (isDigits(value)) return value.digits.replace('-', '').length > 15 ? value.digits : Number(value.digits)
  if (Array.isArray(value)) return value.map(expected)
  if (typeof value !== 'object' || value === null) return JSON.parse(JSON.stringify(value))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expected(one)]))
}
