import { Icon } from '../../../shared/icon.tsx'
import type { Summary } from '../../api.ts'
import { act, explain } from '../../state/acts.ts'
import { draftOf } from '../../state/drafts.ts'
import { extrasOf } from '../../state/extras.ts'
import { newestMessage, notice, returned, send } from '../../state/outbox.ts'
import { t } from '../../words/t.ts'

const dismiss = (): void => {
  notice.value = null
}

/** Why the last message did not leave, with the act that helps. What was written is back in the composer. */
export const Refused = ({ current }: { readonly current: Summary }) => {
  const why = notice.value
  if (why === null) return null
  const { _tag } = why.failure
  const insist = () => {
    const { key: _key, at: _at, waiting: _waiting, ...message } = why.of
    const text = draftOf(current.id, message.mode) || message.text
    returned.value = { conversation: current.id, files: [] }
    send({ ...message, text, extras: extrasOf(current.id), seen: null })
  }
  const show = () => {
    const newest = newestMessage(current.id)
    dismiss()
    document.querySelector(`[data-seq="${newest}"]`)?.scrollIntoView({ block: 'center' })
    document.querySelector<HTMLElement>('#composer')?.focus()
  }
  return (
    <div class="refused" role="alert">
      <Icon name="alert" />
      <span class="grow">
        {explain(why.failure, current.id)} {t().keepTyping}
      </span>
      {_tag === 'AlreadyOwned' && (
        <button
          type="button"
          class="button small"
          onClick={async () => {
            if (await act('takeOver', current.id)) dismiss()
          }}
        >
          {t().takeOver}
        </button>
      )}
      {_tag === 'Unseen' && (
        <>
          <button type="button" class="button small" onClick={show}>
            {t().act_show}
          </button>
          <button type="button" class="button small" onClick={insist}>
            {t().act_sendAnyway}
          </button>
        </>
      )}
      <button type="button" class="icon-button small" aria-label={t().dismiss} onClick={dismiss}>
        <Icon name="close" size={14} />
      </button>
    </div>
  )
}
