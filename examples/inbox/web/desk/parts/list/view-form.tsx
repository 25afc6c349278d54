import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { closeMenu } from '../../state/menus.ts'
import { changeView, removeView, saveHere, type View } from '../../state/views.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'

/** A name for what the list shows now, or another name for a view. */
export const ViewForm = ({ view }: { readonly view?: View }) => {
  const [name, setName] = useState(view?.name ?? '')
  const [shared, setShared] = useState(view?.shared ?? false)
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <form
      class="popover-form"
      onSubmit={async (event) => {
        event.preventDefault()
        if (name.trim() === '') return field.current?.focus()
        const kept =
          view === undefined ? await saveHere(name.trim(), shared) : await changeView(view, name.trim(), shared)
        if (kept) closeMenu()
      }}
    >
      <label>
        {around().viewName}
        <input
          ref={field}
          name="view-name"
          value={name}
          required
          maxLength={200}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label class="check">
        <input type="checkbox" checked={shared} onChange={({ currentTarget }) => setShared(currentTarget.checked)} />
        {around().viewShared}
      </label>
      <button type="submit" class="button primary">
        {view === undefined ? t().saveView : around().renameView}
      </button>
      {view !== undefined && (
        <button
          type="button"
          class="button danger"
          onClick={() => {
            closeMenu()
            void removeView(view)
          }}
        >
          {t().removeView}
        </button>
      )}
    </form>
  )
}
