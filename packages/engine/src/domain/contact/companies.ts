import type { Refusal } from '../conversation/refusal.ts'
import type { Company } from './company.ts'
import { issue } from './attributes.ts'
import { phoneNumber } from './fields.ts'

/** A company as somebody writes it: what is left out is as it was, or not known. */
export type CompanyChange = Partial<Omit<Company, 'id' | 'createdAt'>>

const fields: ReadonlyArray<string> = ['name', 'domain', 'phone', 'address', 'custom']

const isDomain = (text: string): boolean =>
  text.length <= 253 && /^([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u.test(text)

const isValue = (value: unknown): boolean =>
  typeof value === 'boolean' ||
  (typeof value === 'string' && value.length <= 2_000) ||
  (typeof value === 'number' && Number.isFinite(value))

/** A text, null for none, or undefined when it is neither. */
const text = (value: unknown, read: (text: string) => string | null): string | null | undefined => {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null
  return typeof value === 'string' && value.length <= 1_000 ? (read(value.trim()) ?? undefined) : undefined
}

/**
 * A company with a change, or what is wrong with it.
 *
 * @example
 * ```ts
 * import { changeCompany } from '@guichet/engine/domain'
 *
 * const none = { domain: null, phone: null, address: null, custom: {} }
 * const initech = { id: 'initech', name: 'Initech', ...none, createdAt: facts.now }
 * console.log(changeCompany(initech, { domain: 'Initech.example' }))
 * console.log(changeCompany(initech, { domain: 'example' }))
 * ```
 *
 * ```text
 * {
 *   id: 'initech',
 *   name: 'Initech',
 *   domain: 'initech.example',
 *   phone: null,
 *   address: null,
 *   custom: {},
 *   createdAt: 1767225600000
 * }
 * {
 *   _tag: 'Invalid',
 *   what: 'company',
 *   issues: [ 'domain: "example" is not a domain such as example.org, or null' ]
 * }
 * ```
 */
export const changeCompany = (company: Company, change: CompanyChange): Company | Refusal => {
  const issues: Array<string> = []
  for (const name of Object.keys(change)) {
    if (!fields.includes(name)) issues.push(`${name}: a company has no such field; there are ${fields.join(', ')}`)
  }
  const or = (
    name: keyof CompanyChange,
    value: unknown,
    was: string | null,
    may: string,
    read: (text: string) => string | null,
  ) => {
    if (value === undefined) return was
    const meant = text(value, read)
    if (meant === undefined) issues.push(issue(name, value, `${may}, or null`))
    return meant ?? null
  }
  const name = change.name === undefined ? company.name : text(change.name, (one) => (one.length <= 200 ? one : null))
  if (name == null || name === '') issues.push(issue('name', change.name, 'a name of 1 to 200 characters'))
  const domain = or('domain', change.domain, company.domain, 'a domain such as example.org', (one) =>
    isDomain(one) ? one.toLowerCase() : null,
  )
  const phone = or('phone', change.phone, company.phone, 'a number of 3 to 15 digits such as +33612345678', phoneNumber)
  const address = or('address', change.address, company.address, 'a text of at most 1000 characters', (one) => one)
  const custom: unknown = change.custom ?? company.custom
  const isRecord = typeof custom === 'object' && custom !== null && !Array.isArray(custom)
  if (!isRecord || !Object.values(custom).every(isValue)) {
    issues.push('custom: a record of texts, numbers, true and false')
  }
  return issues.length > 0
    ? { _tag: 'Invalid', what: 'company', issues }
    : {
        id: company.id,
        name: name ?? '',
        domain,
        phone,
        address,
        custom: custom as Company['custom'],
        createdAt: company.createdAt,
      }
}
