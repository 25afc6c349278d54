import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * A native modal dialog: the page behind it is inert, Escape closes it, and the focus goes back by itself. The browser
 * tells of a closing only afterwards, when a key that opens it again may have come already: so Escape is heard here, and
 * a dialog that is gone tells nobody.
 */
export const Dialog = ({
  label,
  onClose,
  children,
  kind,
}: {
  readonly label: string
  readonly kind: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}) => {
  const box = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={box}
      class={`dialog ${kind}`}
      aria-label={label}
      onClose={() => {
        if (box.current !== null) onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === box.current) onClose()
      }}
    >
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}
