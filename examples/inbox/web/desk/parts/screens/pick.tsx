/** A choice from a short list, with what it is about in its label. */
export const Pick = ({
  label,
  value,
  options,
  onPick,
}: {
  readonly label: string
  readonly value: string
  readonly options: ReadonlyArray<readonly [value: string, name: string]>
  readonly onPick: (value: string) => void
}) => (
  <select class="pick" aria-label={label} onChange={(event) => onPick(event.currentTarget.value)}>
    {options.map(([one, name]) => (
      <option key={one} value={one} selected={one === value}>
        {name}
      </option>
    ))}
  </select>
)
