import { Icon } from '../../../shared/icon.tsx'
import type { IconName } from '../../../shared/icon-shapes.ts'
import { openScreen, type ScreenName, screen } from '../../state/place.ts'
import { may } from '../../state/permissions.ts'
import { t } from '../../words/t.ts'
import { NavItem } from './item.tsx'

const icons = {
  contacts: 'users',
  templates: 'note',
  tags: 'tag',
  blocks: 'ban',
  reports: 'chart',
} as const satisfies Partial<Record<ScreenName, IconName>>

export const ScreenList = () => (
  <>
    <h2 class="nav-title">{t().screens}</h2>
    <ul>
      {(['contacts', 'templates', 'tags', 'blocks', 'reports'] as const)
        .filter((name) => name !== 'blocks' || may('manageBlocks'))
        .map((name) => (
          <li key={name}>
            <NavItem
              label={t()[`screen_${name}`]}
              mark={<Icon name={icons[name]} />}
              here={screen.value?.name === name}
              onGo={() => openScreen(name)}
            />
          </li>
        ))}
    </ul>
  </>
)
