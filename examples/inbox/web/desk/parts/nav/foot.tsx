import { Avatar } from '../../../shared/avatar.tsx'
import { as } from '../../api.ts'
import { openMenu } from '../../state/menus.ts'
import { me, seatOf } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'

/** Who sits here, whether she is there for work, and how much she has in hand. */
export const NavFoot = () => {
  const seat = seatOf(as)
  const presence = seat?.presence ?? 'offline'
  return (
    <button
      type="button"
      class="nav-item account"
      data-menu="account"
      data-presence={presence}
      aria-haspopup="dialog"
      title={seat === undefined ? me.value.name : t().loadLong(seat.load, seat.capacity)}
      onClick={(event) => openMenu('account', null, event.currentTarget)}
    >
      <span class="seat">
        <Avatar id={me.value.id} name={me.value.name} size={24} />
        <span class={`dot ${presence}`} />
      </span>
      <span class="grow">
        {me.value.name}
        <span class="sub">
          {t()[`presence_${presence}`]}
          {seat !== undefined && ` · ${t().load(seat.load, seat.capacity)}`}
        </span>
      </span>
    </button>
  )
}
