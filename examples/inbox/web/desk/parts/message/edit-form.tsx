import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Message } from '../../api.ts'
import { saveEdit } from '../../state/message-acts.ts'
import { editing } from '../../state/messages.ts'
import { t } from '../../words/t.ts'

/** The words of a message while they are being changed. */
export const EditForm = ({ id, message }: { readonly id: string; readonly message: Message }) => {
  const [text, setText] = useState(
    message.parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n'),
  )
  const box = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => box.current?.focus(), [])
  const stop = () => {
    editing.value = null
  }
  const keep = () => void saveEdit(id, message.seq, text)
  return (
    <>
      <textarea
        ref={box}
        class="edit-area"
        aria-label={t().edit}
        rows={3}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            stop()
          } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep()
        }}
      />
      <span class="scheduled-acts">
        <button type="button" class="button small" onClick={stop}>
          {t().cancel}
        </button>
        <button type="button" class="button small primary" disabled={text.trim() === ''} onClick={keep}>
          {t().save}
        </button>
      </span>
    </>
  )
}
