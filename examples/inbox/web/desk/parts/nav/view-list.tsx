import { Icon } from '../../../shared/icon.tsx'
import { openMenu } from '../../state/menus.ts'
import { screen } from '../../state/place.ts'
import { showView, viewHere } from '../../state/views.ts'
import { setup } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { NavItem } from './item.tsx'

/** Saved views: any filter under a name, with how much it shows. */
export const ViewList = () => {
  const views = setup.value?.views ?? []
  if (views.length === 0) return null
  return (
    <>
      <h2 class="nav-title">{t().views}</h2>
      <ul>
        {views.map((view) => (
          <li key={view.id} class="nav-with-menu">
            <NavItem
              label={view.name}
              mark={<Icon name={view.shared ? 'users' : 'bookmark'} />}
              here={screen.value === null && viewHere()?.id === view.id}
              count={view.count}
              name={`view-${view.name}`}
              onGo={() => showView(view)}
            />
            <button
              type="button"
              class="icon-button small nav-menu"
              aria-label={t().viewMenu(view.name)}
              aria-haspopup="dialog"
              onClick={(event) => openMenu('view', view.id, event.currentTarget)}
            >
              <Icon name="more" size={14} />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
