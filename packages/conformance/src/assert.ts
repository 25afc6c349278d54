/** A value as a message shows it: JSON, shortened, with what JSON leaves out. */
const show = (value: unknown): string => {
  // The value is read from its holder: a Buffer has been made something else by its toJSON before it gets here.
  const readable = function (this: Readonly<Record<string, unknown>>, key: string, inner: unknown): unknown {
    const bytes = this[key]
    return bytes instanceof Uint8Array ? `${bytes.length} bytes: ${Array.from(bytes.subarray(0, 40))}` : inner
  }
  const text = JSON.stringify(value, readable) ?? String(value)
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
  if (actual instanceof Uint8Array && expected instanceof Uint8Array) {
    const equal = actual.length === expected.length && actual.every((byte, index) => byte === expected[index])
    return equal ? undefined : apart
  }
  if (actual instanceof Uint8Array || expected instanceof Uint8Array) return apart
  if (Array.isArray(actual) !== Array.isArray(expected)) return apart
  if (Array.isArray(actual) && Array.isArray(expected) && actual.length !== expected.length) {
    return `${apart} (${expected.length} items expected, ${actual.length} came)`
  }
  if (actual['length'] !== expected['length']) return apart
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
