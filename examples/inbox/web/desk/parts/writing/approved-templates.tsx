import { useRef, useState } from 'preact/hooks'
import { conversationPath, type Done, type Failure, tell } from '../../api.ts'
import { explain } from '../../state/acts.ts'
import { closeAsked } from '../../state/asked.ts'
import { conversation } from '../../state/conversations.ts'
import { refresh } from '../../state/list.ts'
import { newestMessage } from '../../state/outbox.ts'
import { catchUp } from '../../state/thread.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { Dialog } from '../dialog.tsx'
import { ApprovedChoice, useApproved } from './approved-choice.tsx'
import { DialogFoot, DialogHead } from './form-parts.tsx'

/** What may still leave when the time for an answer is over. */
export const ApprovedTemplates = ({ id }: { readonly id: string }) => {
  const approved = useApproved(conversationPath(id, '/approvedTemplates'), conversation(id)?.contact.name ?? null)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const [leaving, setLeaving] = useState(false)
  // However often it is sent, it leaves once.
  const key = useRef(crypto.randomUUID())
  const put = async () => {
    const part = leaving ? undefined : approved.take()
    if (part === undefined) return
    setLeaving(true)
    const seen = newestMessage(id)
    const answer = await tell<Done>(conversationPath(id, '/messages'), {
      parts: [part],
      idempotencyKey: key.current,
      ...(seen === null ? {} : { expectedLastMessage: seen }),
    })
    setLeaving(false)
    if (!answer.ok) return setRefusal(answer.failure)
    closeAsked()
    await Promise.all([catchUp(id), refresh()])
  }
  const failure = refusal ?? approved.failure
  return (
    <Dialog label={w().approvedTitle} kind="writing approved" onClose={closeAsked}>
      <form
        class="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void put()
        }}
      >
        <DialogHead title={w().approvedTitle} />
        <p class="aside">{w().approvedWhy}</p>
        <ApprovedChoice of={approved} />
        {failure !== null && (
          <p class="field-problem" role="alert">
            {explain(failure, id)}
          </p>
        )}
        <DialogFoot act={t().send} disabled={approved.chosen === undefined || leaving} />
      </form>
    </Dialog>
  )
}
