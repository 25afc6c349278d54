import type { AttributeDefinition } from '../contact/attribute.ts'
import type { Refusal } from '../conversation/refusal.ts'
import { checkForm, savesInto } from './form.ts'
import type { Part } from './part.ts'
import { isFields, partIssues } from './part-issues.ts'
import type { Form } from './rich-part.ts'

const invalid = (what: string, ...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what, issues })

/** Words and files are looked at where they are counted; here is only what else there is. */
const plain: ReadonlyArray<unknown> = ['Text', 'Html', 'File']

const refusalOf = (
  part: Part,
  at: number,
  definitions: ReadonlyMap<string, AttributeDefinition> | undefined,
): Refusal | null => {
  const tag: unknown = isFields(part) ? part['_tag'] : undefined
  if (plain.includes(tag)) return null
  if (tag === 'Form') {
    const form = (part as { readonly form: Form }).form
    return checkForm(form) ?? (definitions === undefined ? null : savesInto(form, definitions))
  }
  // What only customers say cannot be put into their mouths.
  if (tag === 'FormAnswer' || tag === 'Chosen') return invalid('parts', `parts[${at}]: only customers answer`)
  const issues = partIssues(part)
  if (issues === null)
    return invalid('parts', `parts[${at}]: there is no such part; words are texts, files have a name, a type and bytes`)
  return issues.length === 0 ? null : invalid('parts', ...issues.map((issue) => `parts[${at}].${issue}`))
}

/**
 * Why a message with these parts makes no sense to send, whatever the channel, in words that say what would; or null.
 *
 * @param definitions the custom attributes that a form may save to; not looked at unless given.
 *
 * @example
 * ```ts
 * import { checkParts } from '@guichet/engine/domain'
 *
 * const price = { amount: 12.5, currency: 'EUR' }
 * console.log(checkParts([{ _tag: 'Product', title: 'Chair', price }]))
 * ```
 *
 * ```text
 * {
 *   _tag: 'Invalid',
 *   what: 'parts',
 *   issues: [
 *     'parts[0].price.amount: a whole number of the smallest unit of the currency, 0 or more: 1250 is 12.50 euros'
 *   ]
 * }
 * ```
 */
export const checkParts = (
  parts: ReadonlyArray<Part>,
  definitions?: ReadonlyMap<string, AttributeDefinition>,
): Refusal | null => {
  for (const [at, part] of parts.entries()) {
    const refusal = refusalOf(part, at, definitions)
    if (refusal !== null) return refusal
  }
  return null
}
