import { useEffect } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import type { Summary } from '../../api.ts'
import { chooseApproved, onlyApproved } from '../../state/approved.ts'
import { catchUp, threadOf } from '../../state/thread.ts'
import { w } from '../../words/writing/w.ts'

/** When no words leave here any more: a message that the provider has approved. */
export const ChooseApproved = ({ current: { id } }: { readonly current: Summary }) => {
  // The time has just run out: what may leave instead is asked.
  const over = threadOf(id).canSend?._tag === 'Yes'
  useEffect(() => {
    if (over) void catchUp(id)
  }, [id, over])
  if (!onlyApproved(id)) return null
  return (
    <button type="button" class="button way-out" aria-haspopup="dialog" onClick={() => chooseApproved(id)}>
      <Icon name="note" /> {w().chooseApproved}
    </button>
  )
}
