import { useEffect, useState } from 'preact/hooks'
import { may } from '../../state/permissions.ts'
import { loadTags, tagDefinitions } from '../../state/tags.ts'
import { p } from '../../words/people/p.ts'
import { t } from '../../words/t.ts'
import { NewTag, TagRow } from './tag-row.tsx'
import { ScreenFrame } from './screen.tsx'

/** The tags, what they mean, and how many conversations carry each. */
export const TagsScreen = () => {
  const [adding, setAdding] = useState(false)
  useEffect(() => void loadTags(), [])
  const tags = tagDefinitions.value
  const allowed = may('manageTags')
  return (
    <ScreenFrame
      name="tags"
      title={t().screen_tags}
      acts={
        allowed &&
        !adding && (
          <button type="button" class="button" onClick={() => setAdding(true)}>
            {p().newTag}
          </button>
        )
      }
    >
      <p class="screen-note">
        {p().tagHint} {!allowed && p().tagsForbidden}
      </p>
      {adding && <NewTag onDone={() => setAdding(false)} />}
      {tags !== null && tags.length === 0 && !adding && <p class="screen-note">{p().noTags}</p>}
      <ul class="lines-list wide">
        {tags?.map((tag) => (
          <TagRow key={tag.id} tag={tag} editable={allowed} />
        ))}
      </ul>
    </ScreenFrame>
  )
}
