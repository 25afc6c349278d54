import { Icon } from '../../../shared/icon.tsx'
import type { Summary } from '../../api.ts'
import { openMenu } from '../../state/menus.ts'
import { threadOf } from '../../state/thread.ts'
import { watchersOf } from '../../state/watching.ts'
import { agentShort } from '../../state/workspace.ts'
import { languageName } from '../../words/languages.ts'
import { t } from '../../words/t.ts'

/** Above the thread: who else is here now, and whether the conversation is translated. */
export const Looking = ({ current }: { readonly current: Summary }) => {
  const here = watchersOf(current.id)
  const writing = here.filter((one) => one.writing).map(({ agent }) => agentShort(agent))
  const looking = here.filter((one) => !one.writing).map(({ agent }) => agentShort(agent))
  const translation = threadOf(current.id).full?.translation ?? null
  if (here.length === 0 && translation === null) return null
  return (
    <div class="looking">
      {here.length > 0 && (
        <p role="status">
          <Icon name={writing.length > 0 ? 'pencil' : 'eye'} size={14} />
          {[
            ...(writing.length === 0 ? [] : [t().writing(writing.join(', '))]),
            ...(looking.length === 0
              ? []
              : [looking.length === 1 ? t().isLooking(looking.join('')) : t().areLooking(looking.join(', '))]),
          ].join(' · ')}
        </p>
      )}
      {translation !== null && (
        <button
          type="button"
          class="link"
          data-menu="translation"
          aria-haspopup="dialog"
          onClick={(event) => openMenu('translation', current.id, event.currentTarget)}
        >
          <Icon name="globe" size={14} />
          {t().translationState(
            translation.customer === null ? t().detecting : languageName(translation.customer),
            languageName(translation.team),
          )}
        </button>
      )}
    </div>
  )
}
