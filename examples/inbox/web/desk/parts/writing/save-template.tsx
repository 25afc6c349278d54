import { useState } from 'preact/hooks'
import type { Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { explain } from '../../state/acts.ts'
import { closeAsked } from '../../state/asked.ts'
import { messageOf } from '../../state/messages.ts'
import { loadTemplates } from '../../state/templates.ts'
import { toast } from '../../state/toasts.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { Dialog } from '../dialog.tsx'
import { DialogFoot, DialogHead } from './form-parts.tsx'
import { type Draft, newDraft, problemsOf, TemplateFields } from './template-form.tsx'

/** What a message says, for the next time. */
export const SaveTemplate = ({ id, seq }: { readonly id: string; readonly seq: number }) => {
  const [draft, setDraft] = useState<Draft>(newDraft())
  const [failure, setFailure] = useState<Failure | null>(null)
  const save = async () => {
    const { text: _text, ...rest } = draft
    const done = await call('templates.fromMessage', id, seq, rest)
    if (!done.ok) return setFailure(done.failure)
    closeAsked()
    toast(w().savedTemplate)
    await loadTemplates()
  }
  return (
    <Dialog label={w().saveAsTemplate} kind="writing" onClose={closeAsked}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <DialogHead title={w().saveAsTemplate} />
        <blockquote class="quoted">{messageOf(id, seq)?.text}</blockquote>
        <TemplateFields
          draft={draft}
          change={(to) => setDraft({ ...draft, ...to })}
          failure={failure}
          withText={false}
        />
        {failure !== null && (problemsOf(failure)['text'] !== undefined || failure._tag !== 'Invalid') && (
          <p class="field-problem" role="alert">
            {explain(failure, id)}
          </p>
        )}
        <DialogFoot act={t().save} />
      </form>
    </Dialog>
  )
}
