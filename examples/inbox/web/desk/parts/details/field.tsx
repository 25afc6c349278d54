import type { ComponentChildren } from 'preact'

/** A labelled control, and below it what is wrong with its value. */
export const Field = ({
  id,
  label,
  hint,
  bad,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly bad?: string | undefined
  readonly children: (attributes: {
    readonly id: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
  }) => ComponentChildren
}) => {
  const about = [hint === undefined ? '' : `${id}-hint`, bad === undefined ? '' : `${id}-bad`].filter(Boolean).join(' ')
  return (
    <div class="people-field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': bad !== undefined, 'aria-describedby': about === '' ? undefined : about })}
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {bad !== undefined && (
        <p class="field-bad" id={`${id}-bad`} role="alert">
          {bad}
        </p>
      )}
    </div>
  )
}
