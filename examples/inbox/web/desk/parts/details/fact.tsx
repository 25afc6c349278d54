import type { ComponentChildren } from 'preact'
import { toast } from '../../state/toasts.ts'
import { t } from '../../words/t.ts'

/** A line of a list of facts; nothing at all when there is nothing to say. */
export const Fact = ({ label, children }: { readonly label: string; readonly children?: ComponentChildren }) =>
  children === null || children === undefined || children === '' || children === false ? null : (
    <div class="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )

const copied = async (value: string): Promise<void> => {
  await navigator.clipboard.writeText(value)
  toast(t().copied)
}

/** What a click copies. */
export const CopyFact = ({
  label,
  value,
  shown = value,
}: {
  readonly label: string
  readonly value: string | null | undefined
  readonly shown?: string | null | undefined
}) => (
  <Fact label={label}>
    {value === null || value === undefined || value === '' ? null : (
      <button type="button" class="copy" title={t().copy(value)} onClick={() => void copied(value)}>
        {shown}
      </button>
    )}
  </Fact>
)
