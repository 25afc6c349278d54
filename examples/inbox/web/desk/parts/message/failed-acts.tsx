import type { Message } from '../../api.ts'
import { mend, sendAgain } from '../../state/message-acts.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'

/** What can be done about a message that did not get through. */
export const FailedActs = ({ id, message }: { readonly id: string; readonly message: Message }) => (
  <p class="failed-acts">
    <button type="button" class="button small" onClick={() => void mend(id, message)}>
      {w().mend}
    </button>
    <button type="button" class="button small" title={w().sendAgainHint} onClick={() => void sendAgain(id, message)}>
      {t().tryAgain}
    </button>
  </p>
)
