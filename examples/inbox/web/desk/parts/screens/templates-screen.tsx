import '../../style/writing-dialogs.css'
import type { Template } from '@guichet/engine/domain'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import type { Failure } from '../../api.ts'
import { call } from '../../engine.ts'
import { explain } from '../../state/acts.ts'
import { conversation, displayName } from '../../state/conversations.ts'
import { may } from '../../state/permissions.ts'
import { narrowScreen, screen, selected } from '../../state/place.ts'
import { loadTemplates, narrowed, templates } from '../../state/templates.ts'
import { toast } from '../../state/toasts.ts'
import { languageName } from '../../words/languages.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'
import { type Draft, draftFrom, newDraft, TemplateFields } from '../writing/template-form.tsx'
import { TemplatePreview } from '../writing/template-preview.tsx'
import { ScreenFrame } from './screen.tsx'

const groups = (all: ReadonlyArray<Template>): ReadonlyArray<readonly [string, ReadonlyArray<Template>]> => {
  const by = new Map<string, Template[]>()
  for (const template of all) {
    const name = template.category ?? ''
    by.set(name, [...(by.get(name) ?? []), template])
  }
  return [...by].sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a.localeCompare(b)))
}

const TemplateList = ({ chosen }: { readonly chosen: string }) => {
  const [words, setWords] = useState('')
  const shown = narrowed(templates.value ?? [], { words, category: '', language: '', channel: '' })
  return (
    <div class="template-side">
      <input
        class="choices-field"
        aria-label={w().searchTemplates}
        placeholder={w().searchTemplates}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      {templates.value?.length === 0 && <p class="choices-none">{w().noneYet}</p>}
      {groups(shown).map(([category, some]) => (
        <section key={category}>
          <h2 class="nav-title">{category === '' ? w().noCategory : category}</h2>
          <ul>
            {some.map(({ id, title, shortcut, language }) => (
              <li key={id}>
                <button
                  type="button"
                  class="nav-item"
                  aria-current={id === chosen ? 'true' : undefined}
                  onClick={() => narrowScreen({ which: id })}
                >
                  <span class="grow">
                    {title}
                    {language !== null && <span class="choice-hint">{languageName(language)}</span>}
                  </span>
                  {shortcut !== null && <kbd>/{shortcut}</kbd>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const mayChange = ({ scope }: Draft): boolean => scope._tag === 'Own' || may('manageTemplates')

const Editor = ({ template }: { readonly template: Template | null }) => {
  const [draft, setDraft] = useState<Draft>(template === null ? newDraft() : draftFrom(template))
  const [failure, setFailure] = useState<Failure | null>(null)
  const allowed = mayChange(template === null ? newDraft() : draftFrom(template))
  const current = conversation(selected.value)
  const changed = JSON.stringify(draft) !== JSON.stringify(template === null ? newDraft() : draftFrom(template))
  const save = async () => {
    const done = await call('templates.put', draft)
    if (!done.ok) return setFailure(done.failure)
    setFailure(null)
    toast(w().savedTemplate)
    setDraft(draftFrom(done.value))
    await loadTemplates()
    narrowScreen({ which: done.value.id })
  }
  const remove = async (id: string) => {
    const done = await call('templates.remove', id)
    if (!done.ok) return setFailure(done.failure)
    narrowScreen({ which: '' })
    await loadTemplates()
    const { id: _id, ...again } = draft
    const undo = async () => {
      const back = await call('templates.put', again)
      await loadTemplates()
      if (back.ok) narrowScreen({ which: back.value.id })
    }
    toast(w().removedTemplate, { tone: 'done', act: { label: t().undo, run: () => void undo() } })
  }
  return (
    <form
      class="template-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {!allowed && <p class="aside">{w().readOnly}</p>}
      <fieldset class="plain" disabled={!allowed}>
        <TemplateFields
          draft={draft}
          change={(to) => setDraft({ ...draft, ...to })}
          failure={failure}
          withText={true}
        />
      </fieldset>
      {failure !== null && failure._tag !== 'Invalid' && (
        <p class="field-problem" role="alert">
          {explain(failure, '')}
        </p>
      )}
      {allowed && (
        <footer class="dialog-foot">
          {template !== null && (
            <button type="button" class="button" onClick={() => void remove(template.id)}>
              <Icon name="trash" /> {w().removeTemplate}
            </button>
          )}
          <span class="grow aside">{changed ? w().unsaved : ''}</span>
          <button type="submit" class="button primary" disabled={!changed}>
            {t().save}
          </button>
        </footer>
      )}
      <section class="preview">
        <h2>{current === undefined ? w().preview : w().previewFor(displayName(current))}</h2>
        {template === null || current === undefined ? (
          <p class="aside">{w().noPreview}</p>
        ) : (
          <TemplatePreview template={template.id} conversation={current.id} />
        )}
      </section>
    </form>
  )
}

/** Canned replies: what there is by category, and the one that is being written. */
export const TemplatesScreen = () => {
  const which = screen.value?.of['which'] ?? ''
  useEffect(() => void loadTemplates(), [])
  const template = templates.value?.find(({ id }) => id === which)
  return (
    <ScreenFrame
      name="templates"
      title={w().templatesTitle}
      acts={
        <button type="button" class="button primary" onClick={() => narrowScreen({ which: 'new' })}>
          <Icon name="plus" /> {w().newTemplate}
        </button>
      }
    >
      <div class="templates">
        <TemplateList chosen={which} />
        {which === 'new' ? (
          <Editor key="new" template={null} />
        ) : template === undefined ? (
          <p class="empty">{w().pickTemplate}</p>
        ) : (
          <Editor key={`${template.id}-${template.updatedAt}`} template={template} />
        )}
      </div>
    </ScreenFrame>
  )
}
