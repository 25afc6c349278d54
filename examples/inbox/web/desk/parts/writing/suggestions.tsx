import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import type { Summary } from '../../api.ts'
import { as } from '../../api.ts'
import { type Mode, draftOf, keepDraft } from '../../state/drafts.ts'
import { findEmoji } from '../../state/emoji.ts'
import { handleOf } from '../../state/mentions.ts'
import { selected } from '../../state/place.ts'
import { aboutSlash, loadSlash, runSlash, slashCommands } from '../../state/slash.ts'
import { type Trigger, replaced, triggerAt } from '../../state/suggest.ts'
import { fill, loadTemplates, narrowed, templates } from '../../state/templates.ts'
import { setup } from '../../state/workspace.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { plain } from '../choices.tsx'
import { TemplatePreview } from './template-preview.tsx'

interface Suggestion {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly icon?: IconName
  readonly sign?: string
  readonly group: string
  /** Shown filled below the list while it is the one that Enter takes. */
  readonly template?: string
  readonly take: () => void
}

const most = 8

/** What the field tells its suggestions. */
export interface Suggesting {
  /** Whether the key was for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean
  readonly onInput: () => void
  readonly onSelect: () => void
}

/** Suggestions for what stands before the caret: arrows move, Enter and Tab take, Escape closes. */
export const Suggestions = ({
  current,
  mode,
  area,
  field,
  onActive,
}: {
  readonly current: Summary
  readonly mode: Mode
  readonly area: RefObject<HTMLTextAreaElement | null>
  /** Filled for as long as there is somebody to tell. */
  readonly field: { current: Suggesting | null }
  /** Told which option is the active one, by its id. */
  readonly onActive: (option: string | undefined) => void
}) => {
  const { id, channel } = current
  const [caret, setCaret] = useState(() => area.current?.selectionStart ?? 0)
  const [at, setAt] = useState(0)
  const [closed, setClosed] = useState<string | null>(null)
  const text = draftOf(id, mode)
  const trigger = triggerAt(text, Math.min(caret, text.length))
  const slashed = trigger?.kind === 'slash'
  // Before the next key: Enter takes the first of what is listed now.
  useLayoutEffect(() => {
    setAt(0)
  }, [trigger?.typed, trigger?.kind])
  useEffect(() => {
    if (!slashed) return
    if (slashCommands.value.length === 0) void loadSlash()
    void loadTemplates()
  }, [slashed, id])

  const put = (by: string, of: Trigger) => {
    // As it stands by now: a template takes a moment to be filled.
    const next = replaced(draftOf(id, mode), of, by)
    const element = selected.value === id ? area.current : null
    // At once: who types on must not be faster than the next picture.
    if (element !== null) {
      element.value = next.text
      element.focus()
      element.setSelectionRange(next.caret, next.caret)
    }
    keepDraft(id, mode, next.text)
    setCaret(next.caret)
  }

  const fromTemplates = (words: string, of: Trigger): ReadonlyArray<Suggestion> =>
    mode === 'note' && words === ''
      ? []
      : narrowed(templates.value ?? [], { words, category: '', language: '', channel })
          .slice(0, most)
          .map((template) => ({
            id: template.id,
            label: template.title,
            ...(template.shortcut === null ? {} : { hint: `/${template.shortcut}` }),
            icon: 'file',
            group: t().templates,
            template: template.id,
            take: async () => {
              const filled = await fill(template.id, id)
              if (filled.ok) put(filled.value.text, of)
            },
          }))

  const slashes = (of: Trigger): ReadonlyArray<Suggestion> => {
    const [, name = '', rest] = /^(\S*)(?:\s+(.*))?$/s.exec(of.typed) ?? []
    const group = w().slashCommands
    if (rest !== undefined || of.typed.includes(' ')) {
      if (name === 'template') return fromTemplates(rest ?? '', of)
      const command = slashCommands.value.find((one) => one.name === name)
      if (command === undefined) return []
      const run = () => void runSlash(id, mode, text)
      return [{ id: name, label: `/${of.typed.trim()}`, hint: aboutSlash(command), icon: 'slash', group, take: run }]
    }
    const commands = slashCommands.value
      .filter((command) => command.name.startsWith(name))
      .map((command): Suggestion => {
        const asks = command.usage.includes('<')
        return {
          id: `slash-${command.name}`,
          label: `/${command.usage}`,
          hint: aboutSlash(command),
          icon: 'slash',
          group,
          take: () => (asks ? put(`/${command.name} `, of) : void runSlash(id, mode, `/${command.name}`)),
        }
      })
    const found = fromTemplates(name, of)
    // What is typed in full comes first, whatever it is.
    return (templates.value ?? []).some(({ shortcut }) => shortcut === name && name !== '')
      ? [...found, ...commands]
      : [...commands, ...found]
  }

  const suggestions = ((): ReadonlyArray<Suggestion> => {
    if (trigger === null) return []
    const typed = plain(trigger.typed)
    switch (trigger.kind) {
      case 'slash':
        return slashes(trigger)
      case 'mention':
        return (setup.value?.agents ?? [])
          .filter(({ id: agent, name }) => agent !== as && (plain(name).includes(typed) || agent.startsWith(typed)))
          .slice(0, most)
          .map(({ id: agent, name }) => ({
            id: agent,
            label: name,
            hint: `@${handleOf(agent)}`,
            icon: 'user',
            group: t().colleagues,
            take: () => put(`@${handleOf(agent)} `, trigger),
          }))
      case 'emoji':
        return findEmoji(typed).map(({ sign, names }) => ({
          id: names[0] ?? sign,
          label: `:${names.join('  :')}`,
          sign,
          group: t().emoji,
          take: () => put(`${sign} `, trigger),
        }))
    }
  })()

  const asked = trigger === null ? null : `${trigger.kind}${trigger.from}`
  const open = suggestions.length > 0 && closed !== asked
  const here = Math.min(at, suggestions.length - 1)
  const active = open ? `suggestion-${here}` : undefined
  useEffect(() => onActive(active), [active])
  useEffect(() => () => onActive(undefined), [])

  const onSelect = () => setCaret(area.current?.selectionStart ?? 0)
  const onKey = (event: KeyboardEvent): boolean => {
    if (!open || event.ctrlKey || event.metaKey || event.isComposing) return false
    const { key } = event
    if (key === 'ArrowDown') setAt((here + 1) % suggestions.length)
    else if (key === 'ArrowUp') setAt((here - 1 + suggestions.length) % suggestions.length)
    else if (key === 'Enter' || key === 'Tab') suggestions[here]?.take()
    else if (key === 'Escape') setClosed(asked)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const onInput = () => {
    onSelect()
    setClosed(null)
  }
  useLayoutEffect(() => {
    field.current = { onKey, onInput, onSelect }
    return () => {
      field.current = null
    }
  })
  return open ? <List suggestions={suggestions} here={here} hover={setAt} conversation={id} /> : null
}

const List = ({
  suggestions,
  here,
  hover,
  conversation,
}: {
  readonly suggestions: ReadonlyArray<Suggestion>
  readonly here: number
  readonly hover: (at: number) => void
  readonly conversation: string
}) => {
  useEffect(() => {
    document.getElementById(`suggestion-${here}`)?.scrollIntoView({ block: 'nearest' })
  }, [here])
  const template = suggestions[here]?.template
  let group = ''
  return (
    <div class="suggestions">
      <div role="listbox" id="suggestions" class="choices" aria-label={t().suggestions}>
        {suggestions.map((one, index) => {
          const title = one.group === group ? null : one.group
          group = one.group
          return [
            title !== null && (
              <div key={`group-${title}`} class="choices-group" role="presentation">
                {title}
              </div>
            ),
            <div
              key={one.id}
              id={`suggestion-${index}`}
              role="option"
              aria-selected={index === here}
              class="choice"
              onPointerMove={() => hover(index)}
              // The pen stays where it is.
              onPointerDown={(event) => event.preventDefault()}
              onClick={one.take}
            >
              {one.icon !== undefined && <Icon name={one.icon} />}
              {one.sign !== undefined && <span class="emoji">{one.sign}</span>}
              <span class="grow">{one.label}</span>
              {one.hint !== undefined && <span class="choice-aside">{one.hint}</span>}
            </div>,
          ]
        })}
      </div>
      {template !== undefined && <TemplatePreview template={template} conversation={conversation} />}
    </div>
  )
}
