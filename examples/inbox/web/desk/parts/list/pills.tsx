import { Icon } from '../../../shared/icon.tsx'
import { as } from '../../api.ts'
import { openMenu } from '../../state/menus.ts'
import { narrow, place } from '../../state/place.ts'
import { t } from '../../words/t.ts'

const Pill = ({
  label,
  on,
  onPress,
}: {
  readonly label: string
  readonly on: boolean
  readonly onPress: () => void
}) => (
  <button type="button" class="pill" aria-pressed={on} onClick={onPress}>
    {label}
  </button>
)

/** The three questions that are asked all day long, and the way to all others. */
export const Pills = () => {
  const { tab, filters } = place.value
  const open = tab === 'open' || tab === 'unassigned'
  return (
    <div class="pills">
      {tab !== 'mine' && (
        <Pill
          label={t().pill_mine}
          on={filters.owner === as}
          onPress={() => narrow({ owner: filters.owner === as ? undefined : as })}
        />
      )}
      <Pill
        label={t().pill_unread}
        on={filters.unread === true}
        onPress={() => narrow({ unread: filters.unread === true ? undefined : true })}
      />
      {open && (
        <Pill
          label={t().pill_unassigned}
          on={tab === 'unassigned'}
          onPress={() => {
            place.value = { ...place.value, saved: null, tab: tab === 'open' ? 'unassigned' : 'open' }
          }}
        />
      )}
      <button
        type="button"
        class="pill with-icon"
        data-menu="filter"
        aria-label={t().filters}
        title={`${t().filters} (f)`}
        aria-haspopup="dialog"
        aria-keyshortcuts="f"
        onClick={(event) => openMenu('filter', null, event.currentTarget)}
      >
        <Icon name="filter" size={14} />
      </button>
    </div>
  )
}
