import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { mode } from '../../state/composer.ts'
import { conversation } from '../../state/conversations.ts'
import { draftOf, keepDraft } from '../../state/drafts.ts'
import { focusAfter, nextPicture } from '../../state/focus.ts'
import { closeMenu } from '../../state/menus.ts'
import { openScreen } from '../../state/place.ts'
import { fill, loadTemplates, narrowed, templates } from '../../state/templates.ts'
import { languageName } from '../../words/languages.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { TemplatePreview } from './template-preview.tsx'

const both = (before: string, added: string): string =>
  before.trim() === '' ? added : `${before.trimEnd()}\n\n${added}`

const distinct = (values: ReadonlyArray<string | null>): ReadonlyArray<string> =>
  [...new Set(values.filter((one) => one !== null))].sort()

/** Every template for this channel, narrowed by words, category and language, and shown as it would read here. */
export const TemplateMenu = ({ id }: { readonly id: string }) => {
  const [words, setWords] = useState('')
  const [category, setCategory] = useState('')
  const [language, setLanguage] = useState('')
  const [at, setAt] = useState(0)
  const box = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => box.current?.focus(), [])
  useEffect(() => void loadTemplates(), [])
  const all = templates.value ?? []
  const shown = narrowed(all, { words, category, language, channel: conversation(id)?.channel ?? '' })
  const here = Math.min(at, shown.length - 1)
  const active = shown[here]
  useEffect(() => {
    document.getElementById(`template-${here}`)?.scrollIntoView({ block: 'nearest' })
  }, [here])
  const take = async (template: string) => {
    const filled = await fill(template, id)
    if (!filled.ok) return
    keepDraft(id, mode.value, both(draftOf(id, mode.value), filled.value.text))
    closeMenu()
    void focusAfter(nextPicture(), '#composer')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(shown.length - 1, here + 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(0, here - 1))
    else if (event.key === 'Enter' && active !== undefined) void take(active.id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <input
        ref={box}
        class="choices-field"
        role="combobox"
        aria-expanded="true"
        aria-controls="template-list"
        aria-activedescendant={active === undefined ? undefined : `template-${here}`}
        aria-label={w().searchTemplates}
        placeholder={w().searchTemplates}
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div class="template-filters">
        <select aria-label={t().category} value={category} onChange={(event) => setCategory(event.currentTarget.value)}>
          <option value="">{w().everyCategory}</option>
          {distinct(all.map((one) => one.category)).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
        <select aria-label={t().language} value={language} onChange={(event) => setLanguage(event.currentTarget.value)}>
          <option value="">{w().everyLanguage}</option>
          {distinct(all.map((one) => one.language)).map((one) => (
            <option key={one} value={one}>
              {languageName(one)}
            </option>
          ))}
        </select>
      </div>
      <div role="listbox" id="template-list" aria-label={t().templates} class="choices template-list">
        {shown.map((template, index) => (
          <div
            key={template.id}
            id={`template-${index}`}
            role="option"
            aria-selected={index === here}
            class="choice"
            onPointerMove={() => setAt(index)}
            onClick={() => void take(template.id)}
          >
            <span class="grow">
              {template.title}
              <span class="choice-hint">
                {[template.category, template.language === null ? null : languageName(template.language)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {template.shortcut !== null && <kbd>/{template.shortcut}</kbd>}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="choices-none">{w().noTemplate}</p>}
      {active !== undefined && <TemplatePreview template={active.id} conversation={id} />}
      <button
        type="button"
        class="link popover-end"
        onClick={() => {
          closeMenu()
          openScreen('templates')
        }}
      >
        <Icon name="pencil" size={14} /> {t().manageTemplates}
      </button>
    </>
  )
}
