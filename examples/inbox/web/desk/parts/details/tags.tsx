import { Icon } from '../../../shared/icon.tsx'
import type { Summary } from '../../api.ts'
import { act } from '../../state/acts.ts'
import { openMenu } from '../../state/menus.ts'
import { tagDefinition } from '../../state/tags.ts'
import { t } from '../../words/t.ts'
import { tinted } from '../tag.tsx'
import { Section } from './section.tsx'

/** The whole chip takes its tag off; `l` adds one in place. */
export const Tags = ({ current }: { readonly current: Summary }) => (
  <Section id="tags" title={t().tags}>
    <div class="tag-chips">
      {current.tags.map((tag) => (
        <button
          key={tag}
          type="button"
          class={`tag tag-chip ${tag.toLowerCase() === 'vip' ? 'vip' : ''}`}
          aria-label={t().removeTag(tag)}
          title={tagDefinition(tag)?.about ?? t().removeTag(tag)}
          {...tinted(tag)}
          onClick={() => void act('untag', current.id, { tags: [tag] })}
        >
          {tag}
          <Icon name="close" size={12} />
        </button>
      ))}
      <button
        type="button"
        class="tag-chip add"
        data-menu="tag"
        aria-haspopup="dialog"
        aria-keyshortcuts="l"
        onClick={(event) => openMenu('tag', current.id, event.currentTarget)}
      >
        <Icon name="plus" size={12} />
        {t().addTag}
        <kbd aria-hidden="true">l</kbd>
      </button>
    </div>
  </Section>
)
