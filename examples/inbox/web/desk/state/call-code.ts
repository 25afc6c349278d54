import { as } from '../api.ts'
import type { EngineCall } from './call-log.ts'

/** Longer texts than this are cut: files travel as base64. */
const longest = 160

const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key)

const quoted = (text: string): string => {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return `'${cut.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
}

/** A value as somebody would write it in a program. */
export const literal = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, one]) => one !== undefined)
    if (fields.length === 0) return '{}'
    return `{ ${fields.map(([key, one]) => `${isName(key) ? key : quoted(key)}: ${literal(one)}`).join(', ')} }`
  }
  return String(value)
}

/** The line of code that a host would write for it: `await shop.as('ana').conversations.close('…')`. */
export const codeOf = ({ name, args }: EngineCall): string =>
  `await shop.as(${quoted(as)}).${name}(${args.map(literal).join(', ')})`
