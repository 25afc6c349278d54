import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { call } from '../../engine.ts'
import { refresh } from '../../state/list.ts'
import { openScreen } from '../../state/place.ts'
import { say } from '../../state/say.ts'
import { type CountedTag, loadTags, tagDefinition } from '../../state/tags.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { Field } from '../details/field.tsx'
import { Tag, tinted } from '../tag.tsx'

/** Every thirtieth degree of the colour circle: near enough for the eye, far enough to tell apart. */
const hues: ReadonlyArray<number | null> = [null, ...Array.from({ length: 12 }, (_, n) => n * 30)]

const TagForm = ({ tag, onDone }: { readonly tag: CountedTag | null; readonly onDone: () => void }) => {
  const [hue, setHue] = useState(tag?.hue ?? null)
  const [bad, setBad] = useState<string | undefined>(undefined)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector('input')?.focus(), [])
  const submit = async (event: Event) => {
    event.preventDefault()
    if (form.current === null) return
    const fields = new FormData(form.current)
    const [id, about] = [String(fields.get('id')).trim(), String(fields.get('about')).trim()]
    if (id !== tag?.id && tagDefinition(id) !== undefined) return setBad(p().tagExists)
    if (tag !== null && id !== tag.id) {
      const renamed = await call('tags.rename', tag.id, id)
      if (!renamed.ok && renamed.failure._tag === 'Invalid') return setBad(p().bad_tag)
      if (!say(renamed, p().tagRenamed(tag.id, id))) return
    }
    const answer = await call('tags.put', { id, about: about === '' ? null : about, hue })
    if (!answer.ok && answer.failure._tag === 'Invalid') return setBad(p().bad_tag)
    if (!say(answer, tag !== null && id !== tag.id ? null : p().tagSaved(id))) return
    onDone()
    await Promise.all([loadTags(), refresh()])
  }
  return (
    <form
      ref={form}
      class="tag-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onDone()
      }}
    >
      <Field id="tag-id" label={tag === null ? p().name : p().renameTo(tag.id)} bad={bad}>
        {(attributes) => <input {...attributes} name="id" defaultValue={tag?.id ?? ''} autocomplete="off" />}
      </Field>
      <Field id="tag-about" label={p().about}>
        {(attributes) => <input {...attributes} name="about" defaultValue={tag?.about ?? ''} autocomplete="off" />}
      </Field>
      <fieldset class="hues">
        <legend>{p().colour}</legend>
        {hues.map((one) => (
          <label key={one} class="hue" {...tinted('', one)}>
            <input
              type="radio"
              name="hue"
              aria-label={one === null ? p().colourNone : p().colourOf(one)}
              checked={one === hue}
              onChange={() => setHue(one)}
            />
          </label>
        ))}
      </fieldset>
      <div class="form-foot">
        <button type="button" class="button" onClick={onDone}>
          {t().cancel}
        </button>
        <button type="submit" class="button primary">
          {t().save}
        </button>
      </div>
    </form>
  )
}

export const NewTag = ({ onDone }: { readonly onDone: () => void }) => <TagForm tag={null} onDone={onDone} />

/** One tag; its count leads to what carries it. */
export const TagRow = ({ tag, editable }: { readonly tag: CountedTag; readonly editable: boolean }) => {
  const [doing, setDoing] = useState<'edit' | 'remove' | null>(null)
  const stop = () => setDoing(null)
  if (doing === 'edit') {
    return (
      <li>
        <TagForm tag={tag} onDone={stop} />
      </li>
    )
  }
  const remove = async () => {
    if (!say(await call('tags.remove', tag.id), p().tagRemoved(tag.id))) return
    await Promise.all([loadTags(), refresh()])
  }
  return (
    <li data-tag={tag.id}>
      <span class="grow tag-what">
        <Tag id={tag.id} /> {tag.about}
      </span>
      <button type="button" class="link" onClick={() => openScreen('search', { words: tag.id, tag: tag.id })}>
        {p().conversations(tag.conversations)}
      </button>
      {editable && doing === null && (
        <>
          <button
            type="button"
            class="icon-button"
            aria-label={p().editTag(tag.id)}
            title={p().edit}
            onClick={() => setDoing('edit')}
          >
            <Icon name="pencil" />
          </button>
          <button
            type="button"
            class="icon-button"
            aria-label={p().removeTag(tag.id)}
            title={p().remove}
            onClick={() => setDoing('remove')}
          >
            <Icon name="trash" />
          </button>
        </>
      )}
      {doing === 'remove' && (
        <span class="ask" role="group" aria-label={p().removeAsk(tag.id, tag.conversations)}>
          {p().removeAsk(tag.id, tag.conversations)}
          <button type="button" class="button small" onClick={stop}>
            {t().cancel}
          </button>
          <button
            type="button"
            class="button small danger"
            ref={(button) => button?.focus()}
            onClick={() => void remove()}
          >
            {p().remove}
          </button>
        </span>
      )}
    </li>
  )
}
