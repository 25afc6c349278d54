import type { Refusal } from '../conversation/refusal.ts'
import { checkAnswer } from './form.ts'
import type { Part } from './part.ts'
import { plainOf } from './plain.ts'
import type { Form } from './rich-part.ts'

/** What a customer's message may answer: what was asked in the conversation that it belongs to, and still stands. */
export interface AskedFacts {
  /** The newest of each id. */
  readonly forms: ReadonlyMap<string, Form>
  readonly choices: ReadonlyArray<{ readonly id: string; readonly label: string }>
}

const invalid = (what: string, ...issues: ReadonlyArray<string>): Refusal => ({ _tag: 'Invalid', what, issues })

const wrongly = (part: Part, { forms, choices }: AskedFacts): Refusal | null => {
  if (part._tag === 'FormAnswer') {
    const form = forms.get(part.form)
    return form === undefined
      ? invalid('answer', `form: nobody has sent "${part.form}"`)
      : checkAnswer(form, part.values)
  }
  if (part._tag !== 'Chosen') return null
  const offered = choices.some(({ id, label }) => id === part.choice && label === part.label)
  return offered ? null : invalid('answer', `choice: nobody has offered "${part.choice}" as "${part.label}"`)
}

/**
 * Whether a message answers something: only then does it matter what was asked.
 *
 * @example
 * ```ts
 * import { answersSomething } from '@guichet/engine/domain'
 *
 * console.log(answersSomething([{ _tag: 'Text', text: 'Yes' }]))
 * console.log(answersSomething([{ _tag: 'Chosen', choice: 'y', label: 'Yes' }]))
 * ```
 *
 * ```text
 * false
 * true
 * ```
 */
export const answersSomething = (parts: ReadonlyArray<Part>): boolean =>
  parts.some(({ _tag }) => _tag === 'FormAnswer' || _tag === 'Chosen')

/**
 * Why these parts answer nothing that was asked, or answer it wrongly, in words that say what would be right; or null.
 *
 * @example
 * ```ts
 * import { checkAnswers } from '@guichet/engine/domain'
 *
 * const asked = { forms: new Map(), choices: [{ id: 'y', label: 'Yes' }] }
 * console.log(checkAnswers([{ _tag: 'Chosen', choice: 'y', label: 'Yes' }], asked))
 * console.log(checkAnswers([{ _tag: 'Chosen', choice: 'n', label: 'No' }], asked))
 * ```
 *
 * ```text
 * null
 * {
 *   _tag: 'Invalid',
 *   what: 'answer',
 *   issues: [ 'choice: nobody has offered "n" as "No"' ]
 * }
 * ```
 */
export const checkAnswers = (parts: ReadonlyArray<Part>, asked: AskedFacts | undefined): Refusal | null => {
  const known = asked ?? { forms: new Map(), choices: [] }
  for (const part of parts) {
    const refusal = wrongly(part, known)
    if (refusal !== null) return refusal
  }
  return null
}

/**
 * The same parts, where an answer to what nobody has asked here is what it says, in words. An offer is recognised by its
 * id, since providers cut labels; what was offered says how it is called.
 *
 * @example
 * ```ts
 * import { inWords } from '@guichet/engine/domain'
 *
 * const asked = { forms: new Map(), choices: [{ id: 'y', label: 'Yes, with the greatest pleasure' }] }
 * const tapped = { _tag: 'Chosen', choice: 'y', label: 'Yes, with the' } as const
 * console.log(inWords([tapped, { _tag: 'Chosen', choice: 'START', label: 'Get started' }], asked))
 * ```
 *
 * ```text
 * [
 *   {
 *     _tag: 'Chosen',
 *     choice: 'y',
 *     label: 'Yes, with the greatest pleasure'
 *   },
 *   { _tag: 'Text', text: 'Get started' }
 * ]
 * ```
 */
export const inWords = (parts: ReadonlyArray<Part>, asked: AskedFacts | undefined): ReadonlyArray<Part> =>
  answersSomething(parts) ? parts.map((part) => wordsUnlessAsked(part, asked)) : parts

const wordsUnlessAsked = (part: Part, asked: AskedFacts | undefined): Part => {
  if (part._tag === 'FormAnswer') {
    const form = asked?.forms.get(part.form)
    return form !== undefined && checkAnswer(form, part.values) === null
      ? part
      : { _tag: 'Text', text: plainOf(part) || part.form }
  }
  if (part._tag !== 'Chosen') return part
  const offered = (asked?.choices ?? []).filter(({ id }) => id === part.choice)
  const same = offered.find(({ label }) => label === part.label) ?? offered[0]
  return same === undefined ? { _tag: 'Text', text: part.label } : { ...part, label: same.label }
}

const namedBy = (form: Form, names: ReadonlyArray<string>): Readonly<Record<string, string>> =>
  Object.fromEntries(form.fields.flatMap(({ name, label }) => (names.includes(name) ? [[name, label] as const] : [])))

/**
 * The same parts, where every answer to a form carries what its fields were called. Only the form says so: what came
 * with the answer counts for nothing.
 *
 * @example
 * ```ts
 * import { withLabels } from '@guichet/engine/domain'
 *
 * const field = { name: 'no', label: 'Order number', kind: 'text', required: true } as const
 * const asked = { forms: new Map([['order', { id: 'order', title: 'Your order', fields: [field] }]]), choices: [] }
 * console.log(withLabels([{ _tag: 'FormAnswer', form: 'order', values: { no: 'A-7' } }], asked))
 * ```
 *
 * ```text
 * [
 *   {
 *     _tag: 'FormAnswer',
 *     form: 'order',
 *     values: { no: 'A-7' },
 *     labels: { no: 'Order number' }
 *   }
 * ]
 * ```
 */
export const withLabels = (parts: ReadonlyArray<Part>, asked: AskedFacts | undefined): ReadonlyArray<Part> =>
  parts.some(({ _tag }) => _tag === 'FormAnswer')
    ? parts.map((part) => {
        if (part._tag !== 'FormAnswer') return part
        const { labels: _, ...answer } = part
        const form = asked?.forms.get(part.form)
        return form === undefined ? answer : { ...answer, labels: namedBy(form, Object.keys(part.values)) }
      })
    : parts
