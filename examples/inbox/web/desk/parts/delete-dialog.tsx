import '../style/confirm.css'
import { call } from '../engine.ts'
import { explain } from '../state/acts.ts'
import { conversation, displayName, forget } from '../state/conversations.ts'
import { deleting } from '../state/deleting.ts'
import { refresh } from '../state/list.ts'
import { pane, selected } from '../state/place.ts'
import { toast } from '../state/toasts.ts'
import { t } from '../words/t.ts'
import { w } from '../words/writing/w.ts'
import { Dialog } from './dialog.tsx'

const close = (): void => {
  deleting.value = null
}

const run = async (id: string): Promise<void> => {
  close()
  const answer = await call('conversations.delete', id)
  if (!answer.ok) return toast(explain(answer.failure, id), { tone: 'refused' })
  if (selected.value === id) selected.value = null
  pane.value = 'list'
  forget(id)
  toast(t().done_delete)
  await refresh()
}

/** Asks first: this is one of the few things that cannot be taken back. */
export const DeleteDialog = ({ id }: { readonly id: string }) => {
  const summary = conversation(id)
  return (
    <Dialog label={t().deleteConversation} kind="confirm" onClose={close}>
      <h2>{t().deleteConversation}</h2>
      <p>{w().deleteWhy(summary === undefined ? t().visitor : displayName(summary))}</p>
      <div class="confirm-foot">
        <button type="button" class="button" onClick={close}>
          {t().cancel}
        </button>
        <button type="button" class="button danger" onClick={() => void run(id)}>
          {t().deleteDo}
        </button>
      </div>
    </Dialog>
  )
}
