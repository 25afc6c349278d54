import { useEffect, useState } from 'preact/hooks'
import { shortDate } from '../../../shared/time.ts'
import type { Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { explain } from '../../state/acts.ts'
import { conversation, learn } from '../../state/conversations.ts'
import { closePeopleDialog } from '../../state/dialogs.ts'
import { refresh } from '../../state/list.ts'
import { open } from '../../state/thread.ts'
import { toast } from '../../state/toasts.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Choices } from '../choices.tsx'

const merge = async (id: string, into: string): Promise<void> => {
  const answer = await call('conversations.merge', id, { into })
  if (!answer.ok) {
    const ours = ['Same', 'Mismatch', 'TooMany'].includes(answer.failure._tag)
    return toast(ours ? contactSentence(answer.failure) : explain(answer.failure, id), { tone: 'refused' })
  }
  closePeopleDialog()
  toast(p().conversationsMerged)
  await open(into)
  await refresh()
}

/** Which other conversation of this contact, in the same box, takes this one in. */
export const MergeConversations = ({ id }: { readonly id: string }) => {
  const [others, setOthers] = useState<ReadonlyArray<Summary> | null>(null)
  const current = conversation(id)
  const contact = current?.contact.id
  useEffect(() => {
    if (contact === undefined) return
    void call('contacts.history', contact, { limit: 50 }).then((answer) => {
      if (!answer.ok) return setOthers([])
      learn(answer.value.items)
      setOthers(answer.value.items)
    })
  }, [contact])
  const fitting = (others ?? []).filter(
    (one) => one.id !== id && one.account === current?.account && one.status !== 'spam',
  )
  return (
    <div class="people-form">
      <h2>{p().mergeConversationTitle}</h2>
      <p>{p().mergeConversationHint}</p>
      {others !== null && fitting.length === 0 ? (
        <p>{p().noOtherConversation}</p>
      ) : (
        <Choices
          label={p().mergeConversationTitle}
          choices={fitting.map((one) => ({
            id: one.id,
            label: one.title ?? one.subject ?? one.preview ?? t().noSubject,
            hint: `${shortDate(one.lastActivity)} · ${t()[`status_${one.status}`]}`,
            icon: 'mail' as const,
            run: () => void merge(id, one.id),
          }))}
        />
      )}
      <div class="form-foot">
        <button type="button" class="button" onClick={closePeopleDialog}>
          {t().cancel}
        </button>
      </div>
    </div>
  )
}
