import type { Template } from '@guichet/engine/domain'
import { templateVariables } from '@guichet/engine/domain'
import type { TemplateInput } from '@guichet/engine'
import { useRef } from 'preact/hooks'
import { as, type Failure } from '../../api.ts'
import { may } from '../../state/permissions.ts'
import { queueName, setup } from '../../state/workspace.ts'
import { languageName, languageTags } from '../../words/languages.ts'
import { channelName } from '../../words/channel-name.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { Field } from './form-parts.tsx'

export type Draft = Required<Omit<TemplateInput, 'id'>> & { readonly id?: string }

export const newDraft = (): Draft => ({
  title: '',
  category: null,
  shortcut: null,
  language: null,
  channels: [],
  scope: { _tag: 'Own', agent: as },
  text: '',
})

export const draftFrom = ({ updatedAt: _updatedAt, ...template }: Template): Draft => template

/** What the engine says is wrong, by the field that it is about: `text: there is no variable …`. */
export const problemsOf = (failure: Failure | null): Readonly<Record<string, string>> => {
  const issues = (failure as { readonly issues?: ReadonlyArray<string> } | null)?.issues ?? []
  const by: Record<string, string> = {}
  for (const issue of issues) {
    const [, field = 'text', said = issue] = /^(\w+): (.*)$/s.exec(issue) ?? []
    by[field] = by[field] === undefined ? said : `${by[field]} ${said}`
  }
  return by
}

const scopeKey = (scope: Draft['scope']): string => (scope._tag === 'Team' ? `Team/${scope.queue}` : scope._tag)

const scopeFrom = (key: string): Draft['scope'] => {
  if (key.startsWith('Team/')) return { _tag: 'Team', queue: key.slice(5) }
  return key === 'All' ? { _tag: 'All' } : { _tag: 'Own', agent: as }
}

/** Whom one may write a template for. */
const scopes = (): ReadonlyArray<string> =>
  may('manageTemplates')
    ? ['Own', 'All', ...(setup.value?.queues ?? []).filter(({ mine }) => mine).map(({ id }) => `Team/${id}`)]
    : ['Own']

const scopeName = (key: string): string =>
  key.startsWith('Team/') ? w().scope_Team(queueName(key.slice(5))) : key === 'All' ? w().scope_All : w().scope_Own

const blank = (value: string): string | null => (value.trim() === '' ? null : value)

export const TemplateFields = ({
  draft,
  change,
  failure,
  withText,
}: {
  readonly draft: Draft
  readonly change: (to: Partial<Draft>) => void
  readonly failure: Failure | null
  readonly withText: boolean
}) => {
  const area = useRef<HTMLTextAreaElement>(null)
  const wrong = problemsOf(failure)
  const custom = (setup.value?.attributes ?? []).map(({ id }) => `contact.${id}`)
  const variables = [
    ...templateVariables,
    ...custom.filter((one) => !(templateVariables as ReadonlyArray<string>).includes(one)),
  ]
  const channels = [...new Set((setup.value?.accounts ?? []).map(({ channel }) => channel))]
  const put = (name: string) => {
    const at = area.current?.selectionStart ?? draft.text.length
    const to = area.current?.selectionEnd ?? at
    change({ text: `${draft.text.slice(0, at)}{{${name}}}${draft.text.slice(to)}` })
    area.current?.focus()
  }
  return (
    <div class="template-fields">
      <Field label={w().title} problem={wrong['title']}>
        <input name="title" value={draft.title} onInput={(event) => change({ title: event.currentTarget.value })} />
      </Field>
      <div class="field-row">
        <Field label={w().shortcut} hint={w().shortcutHint} problem={wrong['shortcut']}>
          <input
            name="shortcut"
            value={draft.shortcut ?? ''}
            onInput={(event) => change({ shortcut: blank(event.currentTarget.value) })}
          />
        </Field>
        <Field label={t().category} problem={wrong['category']}>
          <input
            name="category"
            value={draft.category ?? ''}
            onInput={(event) => change({ category: blank(event.currentTarget.value) })}
          />
        </Field>
      </div>
      <div class="field-row">
        <Field label={t().language} problem={wrong['language']}>
          <select
            name="language"
            value={draft.language ?? ''}
            onChange={(event) => change({ language: blank(event.currentTarget.value) })}
          >
            <option value="">{w().anyLanguage}</option>
            {[...new Set([...languageTags, ...(draft.language === null ? [] : [draft.language])])].map((tag) => (
              <option key={tag} value={tag}>
                {languageName(tag)}
              </option>
            ))}
          </select>
        </Field>
        <Field label={w().scope} problem={wrong['scope']}>
          <select
            name="scope"
            value={scopeKey(draft.scope)}
            onChange={(event) => change({ scope: scopeFrom(event.currentTarget.value) })}
          >
            {[...new Set([...scopes(), scopeKey(draft.scope)])].map((key) => (
              <option key={key} value={key}>
                {scopeName(key)}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset class="checks">
        <legend>{w().channels}</legend>
        {channels.map((channel) => (
          <label key={channel} class="check">
            <input
              type="checkbox"
              checked={draft.channels.includes(channel)}
              onChange={(event) =>
                change({
                  channels: event.currentTarget.checked
                    ? [...draft.channels, channel]
                    : draft.channels.filter((one) => one !== channel),
                })
              }
            />
            {channelName(channel)}
          </label>
        ))}
        <span class="faint">{w().anyChannel}</span>
      </fieldset>
      {withText && (
        <>
          <Field label={w().text} problem={wrong['text']}>
            <textarea
              ref={area}
              name="text"
              rows={8}
              value={draft.text}
              aria-invalid={wrong['text'] !== undefined}
              onInput={(event) => change({ text: event.currentTarget.value })}
            />
          </Field>
          <details class="variables" open={wrong['text'] !== undefined}>
            <summary>{w().variables}</summary>
            <p class="faint">{w().variablesHelp}</p>
            <p class="variable-list">
              {variables.map((name) => (
                <button key={name} type="button" class="variable" onClick={() => put(name)}>
                  {name}
                </button>
              ))}
            </p>
          </details>
        </>
      )}
    </div>
  )
}
