import type { ComponentChildren } from 'preact'
import { Icon } from '../../../shared/icon.tsx'
import { closeAsked } from '../../state/asked.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'

/** A field with its name above and what is wrong below. */
export const Field = ({
  label,
  problem,
  hint,
  children,
}: {
  readonly label: string
  readonly problem?: string | undefined
  readonly hint?: string
  readonly children: ComponentChildren
}) => (
  <div class={`field ${problem === undefined ? '' : 'wrong'}`}>
    <label>
      <span class="field-label">{label}</span>
      {children}
    </label>
    {hint !== undefined && <span class="faint">{hint}</span>}
    {problem !== undefined && (
      <span class="field-problem" role="alert">
        {problem}
      </span>
    )}
  </div>
)

/** Lines that say something. */
export const linesOf = (text: string): ReadonlyArray<string> =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

export const DialogHead = ({ title }: { readonly title: string }) => (
  <header class="dialog-head">
    <h2>{title}</h2>
    <button type="button" class="icon-button" aria-label={w().close} onClick={closeAsked}>
      <Icon name="close" />
    </button>
  </header>
)

export const DialogFoot = ({ act, disabled }: { readonly act: string; readonly disabled?: boolean }) => (
  <footer class="dialog-foot">
    <button type="button" class="button" onClick={closeAsked}>
      {t().cancel}
    </button>
    <button type="submit" class="button primary" disabled={disabled}>
      {act}
    </button>
  </footer>
)
