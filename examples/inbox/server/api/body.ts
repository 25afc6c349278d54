import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { refused } from './refused.ts'

export type Fields = Readonly<Record<string, unknown>>

export const limit = (max: number) =>
  bodyLimit({ maxSize: max, onError: (c) => refused(c, { _tag: 'BodyTooLarge', max }) })

/** The JSON object of a request; none at all counts as an empty one, anything else as undefined. */
export const fieldsOf = async (c: Context): Promise<Fields | undefined> => {
  const text = await c.req.text()
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** Reads fields and gathers what is wrong with them, so that a caller hears of everything at once. */
export const reading = (fields: Fields) => {
  const issues: string[] = []
  const take = <A>(
    name: string,
    said: string,
    is: (value: unknown) => value is A,
    required: boolean,
  ): A | undefined => {
    const value = fields[name] ?? undefined
    if (value === undefined && !required) return undefined
    if (is(value)) return value
    issues.push(value === undefined ? `${name} is missing: ${said}` : `${name} is not ${said}`)
    return undefined
  }
  const isText = (value: unknown): value is string => typeof value === 'string'
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
  const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
  const isTexts = (value: unknown): value is ReadonlyArray<string> =>
    Array.isArray(value) && value.every((one) => typeof one === 'string')
  const isList = (value: unknown): value is ReadonlyArray<unknown> => Array.isArray(value)
  return {
    issues,
    text: (name: string) => take(name, 'a string', isText, true) ?? '',
    optionalText: (name: string) => take(name, 'a string', isText, false),
    number: (name: string) => take(name, 'a number', isNumber, true) ?? 0,
    optionalNumber: (name: string) => take(name, 'a number', isNumber, false),
    optionalFlag: (name: string) => take(name, 'true or false', isFlag, false),
    texts: (name: string) => take(name, 'a list of strings', isTexts, true) ?? [],
    optionalTexts: (name: string) => take(name, 'a list of strings', isTexts, false),
    optionalList: (name: string) => take(name, 'a list', isList, false),
    textOrNull: (name: string) =>
      fields[name] === null ? null : (take(name, 'a string or null', isText, true) ?? null),
  }
}

export type Reading = ReturnType<typeof reading>

/** Leaves out what is undefined: the engine's options tell "absent" from "undefined". */
export const present = <A extends object>(value: A): { [K in keyof A]: Exclude<A[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never
