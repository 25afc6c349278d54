import { Icon } from '../../../shared/icon.tsx'
import { shortDate } from '../../../shared/time.ts'
import { as } from '../../api.ts'
import { type FilterName, filterNames, type Filters } from '../../state/filters.ts'
import { openMenu } from '../../state/menus.ts'
import { goTo, narrow, place } from '../../state/place.ts'
import { viewHere } from '../../state/views.ts'
import { accountName, agentName, agentShort } from '../../state/workspace.ts'
import { channelName } from '../../words/channel-name.ts'
import { around } from '../../words/counter/around.ts'
import { t } from '../../words/t.ts'

/** What a filter narrows to, in words. */
const valueOf = (name: FilterName, filters: Filters): string => {
  switch (name) {
    case 'owner':
      return filters.owner === as ? t().you(agentName(as)) : agentShort(filters.owner ?? '')
    case 'channel':
      return channelName(filters.channel ?? '')
    case 'account':
      return accountName(filters.account ?? '')
    case 'lastBy':
      return filters.lastBy === 'agent' ? around().lastBy_agent : around().lastBy_contact
    case 'flag':
      return filters.flag === 'urgent' ? t().flagUrgent : t().flagFollowUp
    case 'tag':
      return filters.tag ?? ''
    case 'from':
    case 'to':
      return shortDate(filters[name] ?? 0)
    case 'unread':
      return ''
  }
}

/** Pills say these by being pressed. */
const isPill = (name: FilterName, filters: Filters): boolean =>
  name === 'unread' || (name === 'owner' && filters.owner === as)

/** What narrows the list, each as something that can be taken away; and the way to keep it all as a view. */
export const Chips = () => {
  const { filters } = place.value
  const shown = filterNames.filter((name) => filters[name] !== undefined && !isPill(name, filters))
  const canSave = viewHere() === undefined
  if (shown.length === 0 && !canSave) return null
  return (
    <div class="chips">
      {shown.map((name) => {
        const value = valueOf(name, filters)
        const said = value === '' ? around()[`filter_${name}`] : around().chip(around()[`filter_${name}`], value)
        return (
          <button
            key={name}
            type="button"
            class="chip"
            data-filter={name}
            aria-label={around().removeFilter(said)}
            onClick={() => narrow({ [name]: undefined })}
          >
            {said}
            <Icon name="close" size={12} />
          </button>
        )
      })}
      {canSave && (
        <>
          <button
            type="button"
            class="link"
            data-menu="saveView"
            aria-haspopup="dialog"
            onClick={(event) => openMenu('saveView', null, event.currentTarget)}
          >
            {t().saveView}
          </button>
          <button
            type="button"
            class="link quiet"
            onClick={() => goTo({ queue: place.value.queue, department: place.value.department })}
          >
            {t().clearFilters}
          </button>
        </>
      )}
    </div>
  )
}
