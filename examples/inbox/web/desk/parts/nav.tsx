import type { Tab } from '@guichet/engine/domain'
import { Avatar } from '../../shared/avatar.tsx'
import { Icon } from '../../shared/icon.tsx'
import type { IconName } from '../../shared/icon-shapes.ts'
import { shownTabs } from '../commands.ts'
import { counts } from '../state/list.ts'
import { openMenu, paletteOpen } from '../state/menus.ts'
import { goTo, navShown, place } from '../state/place.ts'
import { me, setup } from '../state/workspace.ts'
import { t } from '../words/t.ts'

const icons: Readonly<Record<(typeof shownTabs)[number], IconName>> = {
  open: 'inbox',
  unanswered: 'waiting',
  mine: 'user',
  pending: 'clock',
  closed: 'check',
  spam: 'ban',
  archived: 'archive',
  all: 'list',
}

/** Finished work needs no figure: its count only grows. */
const uncounted: ReadonlySet<Tab> = new Set(['closed', 'archived', 'all'])

const figure = (n: number): string => (n > 999 ? '999+' : String(n))

const TabLink = ({ tab }: { readonly tab: (typeof shownTabs)[number] }) => {
  const here = place.value.tab === tab && place.value.queue === null
  const count = counts.value?.[tab] ?? 0
  return (
    <li>
      <button type="button" class="nav-item" aria-current={here ? 'page' : undefined} onClick={() => goTo({ tab })}>
        <Icon name={icons[tab]} />
        <span class="grow">{t()[`tab_${tab}`]}</span>
        {count > 0 && (
          <span class={`count ${tab === 'open' ? 'strong' : ''} ${uncounted.has(tab) ? 'faint' : ''}`} data-count={tab}>
            {figure(count)}
          </span>
        )}
      </button>
    </li>
  )
}

const Queues = () => (
  <>
    <h2 class="nav-title">{t().queues}</h2>
    <ul>
      {setup.value?.queues.map((queue) => (
        <li key={queue.id}>
          <button
            type="button"
            class="nav-item"
            aria-current={place.value.queue === queue.id ? 'page' : undefined}
            onClick={() => goTo({ tab: 'open', queue: queue.id })}
          >
            <span class={`dot ${queue.mode}`} />
            <span class="grow">{queue.name}</span>
            {queue.open > 0 && <span class="count">{queue.open >= 200 ? '200+' : queue.open}</span>}
          </button>
        </li>
      ))}
    </ul>
  </>
)

export const Nav = () => (
  <nav class={`nav ${navShown.value ? 'shown' : ''}`} aria-label={t().menu}>
    <div class="brand">
      <span class="logo" aria-hidden="true">
        G
      </span>
      Guichet
    </div>
    <button type="button" class="nav-item" onClick={() => (paletteOpen.value = true)} aria-keyshortcuts="Control+K">
      <Icon name="search" />
      <span class="grow">{t().search}</span>
      <kbd aria-hidden="true">^K</kbd>
    </button>
    <h2 class="nav-title">{t().box}</h2>
    <ul>
      {shownTabs.map((tab) => (
        <TabLink key={tab} tab={tab} />
      ))}
    </ul>
    <Queues />
    <button
      type="button"
      class="nav-item account"
      data-menu="account"
      aria-haspopup="dialog"
      onClick={(event) => openMenu('account', null, event.currentTarget)}
    >
      <Avatar id={me.value.id} name={me.value.name} size={24} />
      <span class="grow">
        {me.value.name}
        <span class="sub">
          <span class="dot shared" /> {t().available}
        </span>
      </span>
    </button>
  </nav>
)
