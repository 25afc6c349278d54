/** One step into a value: the name of a member, or a place in a list. */
export type Step = string | number

const stepInto = (value: unknown, step: Step): unknown => {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value) !== (typeof step === 'number')) return undefined
  return Object.hasOwn(value, step) ? (value as Readonly<Record<Step, unknown>>)[step] : undefined
}

/**
 * What lies at a path in a value of unknown shape; undefined where there is nothing. Only what a value has itself
 * counts, nothing from its prototype. Names lead into objects and whole numbers into lists. It never throws.
 *
 * @example
 * ```ts
 * import { field } from '@guichet/channel-kit'
 *
 * const body: unknown = { entry: [{ changes: [] }] }
 * console.log(field(body, 'entry', 0, 'changes'), field(body, 'entry', 7, 'changes'), field(body, 'toString'))
 * ```
 *
 * ```text
 * [] undefined undefined
 * ```
 */
export const field = (value: unknown, ...path: ReadonlyArray<Step>): unknown => path.reduce(stepInto, value)
