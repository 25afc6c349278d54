import { Icon } from '../../shared/icon.tsx'
import { navPinned } from '../state/layout.ts'
import { paletteOpen } from '../state/menus.ts'
import { navShown } from '../state/place.ts'
import { t } from '../words/t.ts'
import { NavFoot } from './nav/foot.tsx'
import { QueueList } from './nav/queue-list.tsx'
import { ScreenList } from './nav/screen-list.tsx'
import { TabList } from './nav/tab-list.tsx'
import { UnderButton } from './nav/under-button.tsx'
import { ViewList } from './nav/view-list.tsx'

/** Where everything is, with how much of it. Unpinned it is a rail that opens over the list under the pointer. */
export const Nav = () => (
  <nav class={`nav ${navShown.value ? 'shown' : ''} ${navPinned.value ? '' : 'rail'}`} aria-label={t().menu}>
    <div class="brand">
      <span class="logo" aria-hidden="true">
        G
      </span>
      <span class="grow">Guichet</span>
      <button
        type="button"
        class="icon-button small pin"
        aria-label={navPinned.value ? t().unpinNav : t().pinNav}
        title={`${navPinned.value ? t().unpinNav : t().pinNav} ([)`}
        aria-pressed={navPinned.value}
        aria-keyshortcuts="["
        onClick={() => {
          navPinned.value = !navPinned.value
        }}
      >
        <Icon name="sidebar" />
      </button>
    </div>
    <button
      type="button"
      class="nav-item"
      title={t().search}
      onClick={() => (paletteOpen.value = true)}
      aria-keyshortcuts="Control+K"
    >
      <Icon name="search" />
      <span class="grow">{t().search}</span>
      <kbd aria-hidden="true">^K</kbd>
    </button>
    <h2 class="nav-title">{t().box}</h2>
    <TabList />
    <QueueList />
    <ViewList />
    <ScreenList />
    <UnderButton />
    <NavFoot />
  </nav>
)
