import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { Icon } from '../../../shared/icon.tsx'

const key = 'guichet.folded'

/** Sections that this agent has folded, in this browser. */
const folded = signal<ReadonlySet<string>>(new Set((localStorage.getItem(key) ?? '').split(',').filter(Boolean)))

const fold = (id: string): void => {
  const next = new Set(folded.value)
  if (!next.delete(id)) next.add(id)
  folded.value = next
  localStorage.setItem(key, [...next].join(','))
}

/** A part of the details that can be folded, and stays so. */
export const Section = ({
  id,
  title,
  count,
  act,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly count?: number
  /** A button beside the title. */
  readonly act?: ComponentChildren
  readonly children: ComponentChildren
}) => {
  const open = !folded.value.has(id)
  return (
    <section class="details-part" data-section={id}>
      <div class="section-head">
        <h3>
          <button type="button" class="fold" aria-expanded={open} aria-controls={`part-${id}`} onClick={() => fold(id)}>
            <Icon name="chevron" size={14} />
            {title}
            {count !== undefined && count > 0 && <span class="count">{count}</span>}
          </button>
        </h3>
        {act}
      </div>
      <div id={`part-${id}`} hidden={!open}>
        {children}
      </div>
    </section>
  )
}
