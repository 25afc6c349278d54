import type { ComponentChildren } from 'preact'

const figure = (n: number): string => (n > 999 ? '999+' : String(n))

/** A place that the navigation leads to, with how much is there. */
export const NavItem = ({
  label,
  mark,
  here,
  count = 0,
  tone = '',
  name,
  onGo,
}: {
  readonly label: string
  readonly mark: ComponentChildren
  readonly here: boolean
  readonly count?: number
  readonly tone?: 'strong' | 'faint' | 'indented' | ''
  /** What tests and styles know the figure by. */
  readonly name?: string
  readonly onGo: () => void
}) => (
  <button
    type="button"
    class={`nav-item ${tone === 'indented' ? tone : ''}`}
    aria-current={here ? 'page' : undefined}
    title={label}
    onClick={onGo}
  >
    {mark}
    <span class="grow">{label}</span>
    {count > 0 && (
      <span class={`count ${tone}`} data-count={name}>
        {figure(count)}
      </span>
    )}
  </button>
)
