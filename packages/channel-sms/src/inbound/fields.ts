import { readForm, readJson } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import { queryOf } from '../channel/url.ts'

/**
 * The fields of a request, whichever way its webhook is set up: a query, a form, or JSON with the same names, of which
 * only texts and numbers count. Undefined where it says JSON and is none.
 */
export const fieldsOf = (request: WireRequest): URLSearchParams | undefined => {
  if (request.method.toUpperCase() === 'GET') return queryOf(request)
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return readForm(request.body)
  const read = readJson(request.body)
  if (!read.ok || typeof read.value !== 'object' || read.value === null || Array.isArray(read.value)) return undefined
  const pairs = Object.entries(read.value).filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  return new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, String(value)]))
}

/** What the fields of one name with a number behind it say (`MediaUrl0`, `MediaUrl1`, …), with their numbers, in order. */
export const numbered = (form: URLSearchParams, name: string): ReadonlyArray<readonly [index: number, value: string]> =>
  [...form.entries()]
    .flatMap(([key, value]) => {
      const index = key.startsWith(name) ? key.slice(name.length) : ''
      return /^\d{1,2}$/.test(index) && value !== '' ? [[Number(index), value] as const] : []
    })
    .sort(([one], [other]) => one - other)

/** What a field says; undefined when it is not there or empty. */
export const said = (form: URLSearchParams, name: string): string | undefined => form.get(name) || undefined
