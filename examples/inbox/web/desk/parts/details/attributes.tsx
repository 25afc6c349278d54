import type { AttributeDefinition, AttributeValue } from '@guichet/engine/domain'
import { useState } from 'preact/hooks'
import type { Answer } from '../../api.ts'
import { setup } from '../../state/workspace.ts'
import { contactSentence, issuesByField } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

type Save = (id: string, value: AttributeValue | null) => Promise<Answer<unknown>>

const asText = (value: AttributeValue | undefined): string =>
  value === undefined ? '' : typeof value === 'boolean' ? (value ? p().yes : p().no) : String(value)

const typeOf = (kind: AttributeDefinition['kind']) =>
  kind === 'number' ? ({ type: 'number' } as const) : kind === 'date' ? ({ type: 'date' } as const) : {}

const meant = (kind: AttributeDefinition['kind'], text: string): AttributeValue | null =>
  text.trim() === '' ? null : kind === 'number' ? Number(text) : text.trim()

const Control = ({
  definition,
  value,
  save,
}: {
  readonly definition: AttributeDefinition
  readonly value: AttributeValue | undefined
  readonly save: Save
}) => {
  const { id, name, kind, choices = [] } = definition
  const [bad, setBad] = useState<string | null>(null)
  const put = async (next: AttributeValue | null) => {
    const answer = await save(id, next)
    setBad(answer.ok ? null : (issuesByField(answer.failure).get(id) ?? contactSentence(answer.failure)))
  }
  const common = {
    'aria-label': name,
    'aria-invalid': bad !== null,
    'aria-describedby': bad === null ? undefined : `attribute-${id}-bad`,
  }
  return (
    <>
      {kind === 'boolean' ? (
        <input
          {...common}
          type="checkbox"
          checked={value === true}
          onChange={(event) => void put(event.currentTarget.checked)}
        />
      ) : kind === 'choice' ? (
        <select
          {...common}
          class="inline-select"
          onChange={(event) => void put(meant(kind, event.currentTarget.value))}
        >
          <option value="" selected={value === undefined}>
            {p().notSet}
          </option>
          {choices.map((choice) => (
            <option key={choice} value={choice} selected={value === choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          class="inline-input"
          {...typeOf(kind)}
          step="any"
          defaultValue={asText(value)}
          placeholder={p().notSet}
          onChange={(event) => {
            // A number field gives nothing back for what is no number; the browser shows what was typed.
            if (!event.currentTarget.validity.badInput) void put(meant(kind, event.currentTarget.value))
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
          }}
        />
      )}
      {bad !== null && (
        <span class="field-bad" id={`attribute-${id}-bad`} role="alert">
          {bad}
        </span>
      )}
    </>
  )
}

/** Custom attributes by their definitions, each with the control that fits; without the right to, as text. */
export const Attributes = ({
  on,
  values,
  editable,
  save,
}: {
  readonly on: AttributeDefinition['on']
  readonly values: Readonly<Record<string, AttributeValue>>
  readonly editable: boolean
  readonly save: Save
}) => {
  const definitions = (setup.value?.attributes ?? []).filter((one) => one.on === on)
  const shown = editable ? definitions : definitions.filter(({ id }) => values[id] !== undefined)
  if (shown.length === 0) return null
  return (
    <Section id={`attributes-${on}`} title={on === 'contact' ? p().attributes : p().conversationAttributes}>
      <dl>
        {shown.map((definition) => (
          <div key={definition.id} class="fact" data-attribute={definition.id}>
            <dt>{definition.name}</dt>
            <dd>
              {editable ? (
                <Control
                  key={`${definition.id}-${String(values[definition.id])}`}
                  definition={definition}
                  value={values[definition.id]}
                  save={save}
                />
              ) : (
                asText(values[definition.id])
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
