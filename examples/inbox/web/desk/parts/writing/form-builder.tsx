import type { Form, FormField } from '@guichet/engine/domain'
import { useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { addPart } from '../../state/extras.ts'
import { closeAsked } from '../../state/asked.ts'
import { write } from '../../state/composer.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { DialogFoot, DialogHead, Field, linesOf } from './form-parts.tsx'
import { readyForms } from './shop-parts.ts'

const kinds = ['text', 'longText', 'email', 'phone', 'number', 'date', 'choice', 'yesNo'] as const
type Kind = FormField['kind']

/** Where an answer of this kind can be kept. */
const savesOf = (kind: Kind): ReadonlyArray<'name' | 'firstName' | 'email' | 'phone' | 'language' | 'country'> => {
  if (kind === 'email' || kind === 'phone') return [kind]
  return kind === 'text' || kind === 'choice' ? ['name', 'firstName', 'language', 'country'] : []
}

interface Question {
  readonly key: number
  readonly label: string
  readonly kind: Kind
  readonly required: boolean
  readonly options: string
  readonly save: string
}

const fresh = (key: number): Question => ({ key, label: '', kind: 'text', required: true, options: '', save: '' })

const fieldOf = (question: Question, at: number): FormField => {
  const { label, kind, required, options, save } = question
  const field = savesOf(kind).find((one) => one === save)
  return {
    name: `q${at + 1}`,
    label: label.trim(),
    kind,
    required,
    ...(kind === 'choice' ? { choices: linesOf(options) } : {}),
    ...(field === undefined ? {} : { saveTo: { _tag: 'Field', field } }),
  }
}

const QuestionFields = ({
  question,
  number,
  tried,
  change,
  remove,
}: {
  readonly question: Question
  readonly number: number
  readonly tried: boolean
  readonly change: (to: Partial<Question>) => void
  readonly remove: (() => void) | null
}) => {
  const { label, kind, required, options, save } = question
  const saves = savesOf(kind)
  return (
    <fieldset class="question">
      <legend>{w().question(number)}</legend>
      <Field label={w().title} problem={tried && label.trim() === '' ? w().needed : undefined}>
        <input value={label} onInput={(event) => change({ label: event.currentTarget.value })} />
      </Field>
      <Field label={w().kind}>
        <select value={kind} onChange={(event) => change({ kind: event.currentTarget.value as Kind, save: '' })}>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {w()[`kind_${one}`]}
            </option>
          ))}
        </select>
      </Field>
      {kind === 'choice' && (
        <Field label={w().options} problem={tried && linesOf(options).length === 0 ? w().needed : undefined}>
          <textarea rows={3} value={options} onInput={(event) => change({ options: event.currentTarget.value })} />
        </Field>
      )}
      {saves.length > 0 && (
        <Field label={w().saveTo}>
          <select value={save} onChange={(event) => change({ save: event.currentTarget.value })}>
            <option value="">{w().save_none}</option>
            {saves.map((one) => (
              <option key={one} value={one}>
                {w()[`save_${one}`]}
              </option>
            ))}
          </select>
        </Field>
      )}
      <div class="question-foot">
        <label class="check grow">
          <input
            type="checkbox"
            checked={required}
            onChange={(event) => change({ required: event.currentTarget.checked })}
          />
          {w().required}
        </label>
        {remove !== null && (
          <button type="button" class="icon-button" aria-label={w().removeQuestion(number)} onClick={remove}>
            <Icon name="trash" />
          </button>
        )}
      </div>
    </fieldset>
  )
}

/** A form of the shop, or one that is made for this customer. */
export const FormBuilder = ({ id }: { readonly id: string }) => {
  const [title, setTitle] = useState('')
  const [questions, setQuestions] = useState<ReadonlyArray<Question>>([fresh(0)])
  const [tried, setTried] = useState(false)
  const put = (form: Form) => {
    addPart(id, { _tag: 'Form', form })
    closeAsked()
    write('reply')
  }
  const make = () => {
    setTried(true)
    const whole = questions.every(
      ({ label, kind, options }) => label.trim() !== '' && (kind !== 'choice' || linesOf(options).length > 0),
    )
    if (title.trim() === '' || !whole) return
    put({ id: `f-${crypto.randomUUID().slice(0, 8)}`, title: title.trim(), fields: questions.map(fieldOf) })
  }
  return (
    <form
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <DialogHead title={t().part_Form} />
      <h3>{w().ready}</h3>
      <div class="ready">
        {readyForms().map((form) => (
          <button key={form.id} type="button" class="button" onClick={() => put(form)}>
            <Icon name="form" /> {form.title}
          </button>
        ))}
      </div>
      <h3>{w().ownForm}</h3>
      <Field label={w().formTitle} problem={tried && title.trim() === '' ? w().needed : undefined}>
        <input value={title} maxLength={200} onInput={(event) => setTitle(event.currentTarget.value)} />
      </Field>
      {questions.map((question, at) => (
        <QuestionFields
          key={question.key}
          question={question}
          number={at + 1}
          tried={tried}
          change={(to) => setQuestions(questions.map((one) => (one === question ? { ...one, ...to } : one)))}
          remove={questions.length === 1 ? null : () => setQuestions(questions.filter((one) => one !== question))}
        />
      ))}
      {questions.length < 20 && (
        <button
          type="button"
          class="link"
          onClick={() => setQuestions([...questions, fresh(Math.max(...questions.map(({ key }) => key)) + 1)])}
        >
          <Icon name="plus" size={14} /> {w().addQuestion}
        </button>
      )}
      <DialogFoot act={t().insert} />
    </form>
  )
}
