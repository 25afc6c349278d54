import { keyLabel } from '../commands/command.ts'

/** A key beside what it does. */
export const Key = ({ of }: { readonly of: string | undefined }) =>
  of === undefined ? null : (
    <span class="keys" aria-hidden="true">
      {keyLabel(of).map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  )
