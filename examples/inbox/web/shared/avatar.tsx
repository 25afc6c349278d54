const hueOf = (text: string): number =>
  [...text].reduce((hue, letter) => (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)

export const initialsOf = (name: string): string => {
  const words = name
    .replace(/@.*/, '')
    .split(/[\s._-]+/)
    .filter(Boolean)
  const [first = '?', last] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return `${[...first][0] ?? '?'}${last === undefined ? '' : ([...last][0] ?? '')}`.toUpperCase()
}

/** A round with initials, coloured by whom it stands for. */
export const Avatar = ({
  id,
  name,
  size = 32,
}: {
  readonly id: string
  readonly name: string
  readonly size?: number
}) => (
  <span class="avatar" aria-hidden="true" style={{ '--hue': `${hueOf(id)}`, '--size': `${size}px` }}>
    {initialsOf(name)}
  </span>
)
