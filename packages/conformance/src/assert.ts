/** A value as a message shows it: JSON, shortened, with what JSON leaves out. */
const show = (value: unknown): string => {
  const text =
    value === undefined
      ? 'undefined'
      : (JSON.stringify(value, (_, inner: unknown) =>
          inner instanceof Uint8Array ? `bytes ${Array.from(inner.subarray(0, 40))}` : inner,
        ) ?? String(value))
  return text.length <= 400 ? text : `${text.slice(0, 400)}… (${text.length} characters)`
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Where two values first differ, and how; undefined when they are the same. A field that is undefined is absent. */
const difference = (actual: unknown, expected: unknown, path: string): string | undefined => {
  if (actual === expected || (Number.isNaN(actual) && Number.isNaN(expected))) return undefined
  const apart = `${path === '' ? '' : `at ${path}: `}expected ${show(expected)}, got ${show(actual)}`
  if (!isRecord(actual) || !isRecord(expected)) return apart
  // A store may hand out a subclass of Uint8Array: bytes are compared as bytes.
  const isList = (value: object): boolean => Array.isArray(value) || value instanceof Uint8Array
  if (isList(actual) !== isList(expected) || Array.isArray(actual) !== Array.isArray(expected)) return apart
  if (isList(actual) && actual['length'] !== expected['length']) return apart
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const inner = difference(actual[key], expected[key], Array.isArray(actual) ? `${path}[${key}]` : `${path}.${key}`)
    if (inner !== undefined) return inner
  }
  return undefined
}

/** Throws unless the condition holds. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

/** Throws unless both are the same, however deep. */
export const same = (actual: unknown, expected: unknown, what: string): void => {
  const apart = difference(actual, expected, '')
  if (apart !== undefined) throw new Error(`${what}: ${apart}`)
}

/** Throws unless the call throws or rejects. */
export const fails = async (call: () => unknown, what: string): Promise<void> => {
  try {
    await call()
  } catch {
    return
  }
  throw new Error(`${what}: expected a failure, but it went through`)
}
