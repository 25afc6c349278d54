import { useState } from 'preact/hooks'
import { as } from '../../api.ts'
import { call } from '../../engine.ts'
import { explain } from '../../state/acts.ts'
import { closeAsked } from '../../state/asked.ts'
import { conversation, displayName } from '../../state/conversations.ts'
import { messageOf } from '../../state/messages.ts'
import { open } from '../../state/thread.ts'
import { toast } from '../../state/toasts.ts'
import { setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { Dialog } from '../dialog.tsx'
import { DialogFoot, DialogHead, Field } from './form-parts.tsx'

/** A conversation among colleagues about one message, which it quotes. */
export const Discuss = ({ id, seq }: { readonly id: string; readonly seq: number }) => {
  const summary = conversation(id)
  const [title, setTitle] = useState(summary === undefined ? '' : w().discussTitleFor(displayName(summary)))
  const [text, setText] = useState('')
  const [people, setPeople] = useState<ReadonlySet<string>>(new Set())
  const toggle = (agent: string) => {
    const next = new Set(people)
    if (!next.delete(agent)) next.add(agent)
    setPeople(next)
  }
  const start = async () => {
    const about = { conversation: id, message: seq }
    const done = await call('conversations.discuss', { title: title.trim(), participants: [...people], text, about })
    if (!done.ok) return toast(explain(done.failure, id), { tone: 'refused' })
    closeAsked()
    await open(done.value.conversation.id)
  }
  return (
    <Dialog label={t().discuss} kind="writing" onClose={closeAsked}>
      <form
        class="dialog-form"
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <DialogHead title={t().discuss} />
        <blockquote class="quoted">{messageOf(id, seq)?.text.slice(0, 240)}</blockquote>
        <Field label={w().discussTitle}>
          <input required maxLength={120} value={title} onInput={(event) => setTitle(event.currentTarget.value)} />
        </Field>
        <fieldset class="checks">
          <legend>{w().participants}</legend>
          {(setup.value?.agents ?? [])
            .filter((agent) => agent.id !== as)
            .map((agent) => (
              <label key={agent.id} class="check">
                <input type="checkbox" checked={people.has(agent.id)} onChange={() => toggle(agent.id)} />
                {agent.name}
              </label>
            ))}
          <p class="faint">{w().discussAll}</p>
        </fieldset>
        <Field label={w().message}>
          <textarea required rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </Field>
        <DialogFoot act={w().start} disabled={title.trim() === '' || text.trim() === ''} />
      </form>
    </Dialog>
  )
}
