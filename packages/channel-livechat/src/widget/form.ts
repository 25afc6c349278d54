import type { ChatField, ChatMessage, ChatPart } from '../client/types.ts'
import { h, write } from './dom.ts'
import type { PartActs, PartView } from './part-view.ts'
import type { Language, Strings } from './translate.ts'

const types = { text: 'text', email: 'email', phone: 'tel', number: 'number', date: 'date', yesNo: 'checkbox' } as const

/** What would be right, where the kind of a question says so. */
const hints: Readonly<Partial<Record<ChatField['kind'], keyof Strings>>> = {
  email: 'invalidEmail',
  phone: 'invalidPhone',
  number: 'invalidNumber',
}

let made = 0

/** A question with its field, and under it what is wrong with the answer. */
const createQuestion = (field: ChatField) => {
  const { kind, label, autocomplete } = field
  const id = `q${++made}`
  const must = field.required && kind !== 'yesNo'
  const attributes = {
    id,
    autocomplete,
    required: must,
    dir: 'auto',
    'aria-describedby': `${id}e`,
    class: kind === 'yesNo' ? undefined : 'field',
    input: () => complain(''),
  }
  const node =
    kind === 'longText'
      ? h('textarea', { ...attributes, rows: 3 })
      : kind === 'choice'
        ? h(
            'select',
            attributes,
            h('option', { value: '' }),
            ...(field.choices ?? []).map((one) => h('option', {}, one)),
          )
        : h('input', { ...attributes, type: types[kind], step: 'any' })
  const wrong = h('p', { id: `${id}e`, class: 'bad' })
  const complain = (text: string): void => {
    write(wrong, text)
    node.ariaInvalid = text === '' ? null : 'true'
  }
  const name = h('label', { for: id, dir: 'auto' }, label, must ? h('span', { 'aria-hidden': 'true' }, ' *') : '')
  return {
    name: field.name,
    hint: hints[kind] ?? ('invalid' as const),
    node: h('div', { class: 'ask' }, ...(kind === 'yesNo' ? [node, name] : [name, node]), wrong),
    field: node,
    complain,
    // What is no number or no date reads as nothing at all.
    lacks: () => must && node.value.trim() === '' && !node.validity.badInput,
    get value(): ReadonlyArray<string | number | boolean> {
      if (kind === 'yesNo') return [(node as HTMLInputElement).checked]
      const text = node.value.trim()
      return text === '' ? [] : [kind === 'number' ? Number(text) : text]
    },
  }
}

/** A form in the history. It says of each field what is wrong with it, and gives way to a line when it is answered. */
export const createForm = (
  part: Extract<ChatPart, { readonly type: 'form' }>,
  { t }: Language,
  { answer, done }: PartActs,
): PartView => {
  const questions = part.fields.map(createQuestion)
  const failed = h('p', { class: 'refused', hidden: true }, t('failed'))
  const button = h('button', {}, t('send'))
  let told: ChatMessage | undefined

  /** The first field that something is wrong with. */
  const complain = (problemOf: (question: (typeof questions)[number]) => string): HTMLElement | undefined =>
    questions.filter((question) => {
      const problem = problemOf(question)
      question.complain(problem)
      return problem !== ''
    })[0]?.field
  const node = h(
    'form',
    {
      class: 'part card',
      novalidate: true,
      'aria-label': part.title,
      submit: (event: Event) => {
        event.preventDefault()
        if (told?.state === 'sending') return
        const wrong = complain(({ field, lacks, hint }) =>
          lacks() ? t('required') : field.validity.valid ? '' : t(hint),
        )
        if (wrong) return wrong.focus()
        answer(part.id, Object.fromEntries(questions.flatMap(({ name, value }) => value.map((one) => [name, one]))))
      },
    },
    h('b', { dir: 'auto' }, part.title),
    ...questions.map((question) => question.node),
    failed,
    button,
  )
  return {
    node,
    update: (by) => {
      if (by === told) return
      told = by
      const state = by?.state
      const sending = state === 'sending'
      button.ariaDisabled = String(sending)
      write(button, t(sending ? 'sending' : 'send'))
      const focused = node.contains((node.getRootNode() as ShadowRoot).activeElement)
      failed.hidden = true
      if (state === 'failed') {
        const wrong = complain(({ name, hint }) =>
          by?.issues?.some((one) => one.startsWith(`${name}: `)) ? t(hint) : '',
        )
        if (focused) wrong?.focus()
        failed.hidden = wrong !== undefined
      } else if (by && !sending) {
        node.replaceChildren(h('b', { dir: 'auto' }, part.title), h('p', {}, t('answered')))
        if (focused) done()
      }
    },
  }
}
