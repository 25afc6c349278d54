import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { act } from '../state/acts.ts'
import { conversation } from '../state/conversations.ts'
import { closeMenu } from '../state/menus.ts'
import { t } from '../words/t.ts'

export const RenameForm = ({ id }: { readonly id: string }) => {
  const [title, setTitle] = useState(conversation(id)?.title ?? '')
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => box.current?.focus(), [])
  return (
    <form
      class="popover-form"
      onSubmit={(event) => {
        event.preventDefault()
        closeMenu()
        void act('rename', id, { title: title.trim() === '' ? null : title.trim() })
      }}
    >
      <label>
        {t().renameHint}
        <input ref={box} value={title} maxLength={120} onInput={(event) => setTitle(event.currentTarget.value)} />
      </label>
      <button type="submit" class="button primary">
        {t().save}
      </button>
    </form>
  )
}
