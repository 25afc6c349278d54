import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

/** A line that opens to what stands behind it, as JSON. It is written out only while it is open. */
export const Opening = ({
  value,
  children,
  foot,
}: {
  readonly value: unknown
  readonly children: ComponentChildren
  readonly foot?: ComponentChildren
}) => {
  const [open, setOpen] = useState(false)
  return (
    <details class="under-line" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{children}</summary>
      {open && (
        <div class="under-open">
          <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
          {foot}
        </div>
      )}
    </details>
  )
}
