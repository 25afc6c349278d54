import type { Presence } from '@guichet/engine/domain'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import type { IconName } from '../../shared/icon-shapes.ts'
import { t } from '../words/t.ts'
import { Key } from './key.tsx'

export interface Choice {
  readonly id: string
  readonly label: string
  readonly group?: string
  readonly icon?: IconName
  /** Whether a colleague is there. */
  readonly dot?: Presence
  readonly hint?: string
  readonly key?: string
  readonly chosen?: boolean
  readonly run: () => void
}

/** Letters without accents or case: `e` finds `é`. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** A list to choose from, with a field that narrows it: arrows move, Enter takes. */
export const Choices = ({
  label,
  choices,
  placeholder,
  onFilter,
  onActive,
  field = true,
  extra,
}: {
  readonly label: string
  readonly choices: ReadonlyArray<Choice>
  readonly placeholder?: string
  /** The list is made elsewhere from what is typed. */
  readonly onFilter?: (text: string) => void
  /** Hears which one Enter would take. */
  readonly onActive?: (choice: Choice | undefined) => void
  readonly field?: boolean
  /** What else the typed text can mean. */
  readonly extra?: (text: string) => ReadonlyArray<Choice>
}) => {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLInputElement & HTMLDivElement>(null)
  // What is focused before it has its place would draw the page to where it is not.
  useLayoutEffect(() => box.current?.focus({ preventScroll: true }), [])
  const wanted = plain(text.trim())
  const found = onFilter === undefined ? choices.filter((one) => plain(one.label).includes(wanted)) : choices
  const shown = [...found, ...(extra?.(text.trim()) ?? [])]
  const here = Math.min(at, shown.length - 1)
  useEffect(() => {
    document.getElementById(`choice-${here}`)?.scrollIntoView({ block: 'nearest' })
  }, [here])
  const taken = shown[here]?.id
  useLayoutEffect(() => onActive?.(shown[here]), [taken])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, here + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, here - 1))
    else if (event.key === 'Home' && !field) setAt(0)
    else if (event.key === 'End' && !field) setAt(shown.length - 1)
    else if (event.key === 'Enter') shown[here]?.run()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const active = shown.length > 0 ? `choice-${here}` : undefined
  let group: string | undefined
  const list = (
    <div
      role="listbox"
      id="choices"
      aria-label={label}
      class="choices"
      {...(field ? {} : { ref: box, tabIndex: 0, onKeyDown, 'aria-activedescendant': active })}
    >
      {shown.map((choice, index) => {
        const title = choice.group !== group ? choice.group : undefined
        group = choice.group
        return [
          title !== undefined && (
            <div key={`group-${title}`} class="choices-group" role="presentation">
              {title}
            </div>
          ),
          <div
            key={choice.id}
            id={`choice-${index}`}
            role="option"
            aria-selected={index === here}
            class="choice"
            onPointerMove={() => setAt(index)}
            onClick={choice.run}
          >
            {choice.icon !== undefined && <Icon name={choice.icon} />}
            {choice.dot !== undefined && <span class={`dot ${choice.dot}`} />}
            <span class="grow">
              {choice.label}
              {choice.hint !== undefined && choice.hint !== '' && <span class="choice-hint">{choice.hint}</span>}
            </span>
            {choice.chosen === true && <Icon name="check" />}
            <Key of={choice.key} />
          </div>,
        ]
      })}
    </div>
  )
  if (!field) return list
  return (
    <>
      <input
        ref={box}
        class="choices-field"
        autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="choices"
        aria-activedescendant={active}
        aria-label={label}
        placeholder={placeholder ?? t().filter}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
          onFilter?.(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      {list}
      {shown.length === 0 && <p class="choices-none">{t().nothingFound}</p>}
    </>
  )
}
