import type { Tab } from '@guichet/engine/domain'
import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import { counts } from '../../state/list.ts'
import { goTo, place, screen } from '../../state/place.ts'
import { shownTabs } from '../../state/tabs.ts'
import { t } from '../../words/t.ts'
import { NavItem } from './item.tsx'

const icons: Readonly<Record<(typeof shownTabs)[number], IconName>> = {
  open: 'inbox',
  unanswered: 'waiting',
  mine: 'user',
  mentions: 'at',
  automated: 'bot',
  internal: 'talk',
  pending: 'clock',
  closed: 'check',
  spam: 'ban',
  archived: 'archive',
  all: 'list',
}

/** Finished work needs no loud figure: its count only grows. */
const faint: ReadonlySet<Tab> = new Set(['closed', 'archived', 'all'])

/** The tab that is shown, when nothing else narrows it to a place of its own. */
const here = (tab: Tab): boolean => {
  const { queue, department, saved, tab: shown } = place.value
  if (screen.value !== null || queue !== null || department !== null || saved !== null) return false
  return shown === tab || (shown === 'unassigned' && tab === 'open')
}

export const TabList = () => (
  <ul>
    {shownTabs.map((tab) => (
      <li key={tab}>
        <NavItem
          label={t()[`tab_${tab}`]}
          mark={<Icon name={icons[tab]} />}
          here={here(tab)}
          count={counts.value?.[tab] ?? 0}
          tone={tab === 'open' ? 'strong' : faint.has(tab) ? 'faint' : ''}
          name={tab}
          onGo={() => goTo({ tab })}
        />
      </li>
    ))}
  </ul>
)
