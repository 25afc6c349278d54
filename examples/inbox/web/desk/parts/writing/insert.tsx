import { useState } from 'preact/hooks'
import { addPart } from '../../state/extras.ts'
import { closeAsked, type InsertKind } from '../../state/asked.ts'
import { write } from '../../state/composer.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { Dialog } from '../dialog.tsx'
import { FormBuilder } from './form-builder.tsx'
import { DialogFoot, DialogHead, Field } from './form-parts.tsx'
import { fieldsOf, partFrom, problemsIn, type Values } from './part-fields.ts'
import { readyValues } from './shop-parts.ts'

const PartForm = ({ id, kind }: { readonly id: string; readonly kind: Exclude<InsertKind, 'Form'> }) => {
  const [values, setValues] = useState<Values>(readyValues(kind))
  const [problems, setProblems] = useState<Values>({})
  const put = () => {
    const wrong = problemsIn(kind, values)
    setProblems(wrong)
    if (Object.keys(wrong).length > 0) return
    addPart(id, partFrom(kind, values))
    closeAsked()
    write('reply')
  }
  return (
    <form
      class="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        put()
      }}
    >
      <DialogHead title={t()[`part_${kind}`]} />
      {fieldsOf(kind).map(({ name, required, lines }) => {
        const shared = {
          name,
          value: values[name] ?? '',
          'aria-required': required,
          'aria-invalid': problems[name] !== undefined,
          onInput: (event: { readonly currentTarget: { readonly value: string } }) =>
            setValues({ ...values, [name]: event.currentTarget.value }),
        }
        return (
          <Field key={name} label={w()[name]} problem={problems[name]}>
            {lines ? <textarea rows={3} {...shared} /> : <input {...shared} />}
          </Field>
        )
      })}
      <DialogFoot act={t().insert} />
    </form>
  )
}

/** What is put beside the words of an answer. */
export const Insert = ({ id, kind }: { readonly id: string; readonly kind: InsertKind }) => (
  <Dialog label={t()[`part_${kind}`]} kind="writing" onClose={closeAsked}>
    {kind === 'Form' ? <FormBuilder id={id} /> : <PartForm id={id} kind={kind} />}
  </Dialog>
)
