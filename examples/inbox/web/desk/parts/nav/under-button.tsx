import { Icon } from '../../../shared/icon.tsx'
import { navShown } from '../../state/place.ts'
import { toggleUnder, underOpen } from '../../state/under.ts'
import { t } from '../../words/t.ts'

/** Opens the drawer that shows the engine at work. */
export const UnderButton = () => (
  <button
    type="button"
    class="nav-item"
    title={t().under}
    aria-pressed={underOpen.value}
    aria-keyshortcuts="."
    onClick={() => {
      navShown.value = false
      toggleUnder()
    }}
  >
    <Icon name="code" />
    <span class="grow">{t().under}</span>
    <kbd aria-hidden="true">.</kbd>
  </button>
)
