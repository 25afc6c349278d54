import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../../../shared/icon.tsx'
import { dateAndTime, span, timeNow } from '../../../shared/time.ts'
import { menu, openMenu } from '../../state/menus.ts'
import { type ClockStep, moveClock, type Scene, scene, switchMail } from '../../state/scene.ts'
import { t } from '../../words/t.ts'
import { u } from '../../words/under/u.ts'

/** A clock that goes: the page’s other times look at it twice a minute. */
const useTime = (): number => {
  const [time, setTime] = useState(timeNow)
  useEffect(() => {
    const timer = setInterval(() => setTime(timeNow()), 1000)
    return () => clearInterval(timer)
  }, [])
  return scene.value === null ? time : timeNow()
}

const Move = ({ step, label }: { readonly step: ClockStep; readonly label: string }) => (
  <button
    type="button"
    class="button small"
    aria-label={t()[`clock_${step}`]}
    title={t()[`clock_${step}`]}
    onClick={() => void moveClock(step, timeNow())}
  >
    {label}
  </button>
)

/** Whether a provider of a telephone line is not as usual. */
const isOdd = (now: Scene | null): boolean =>
  now !== null && (!now.sms || !now.whatsapp || !now.messenger || now.travel !== 'plainly')

/** The engine’s time with the steps that move it, and the switches of the providers. */
export const StageBar = () => {
  const time = useTime()
  const off = scene.value?.mail === false
  const odd = isOdd(scene.value)
  const ahead = scene.value?.ahead ?? 0
  return (
    <div class="stage-bar">
      <span class="stage-time">
        <Icon name="clock" size={14} />
        <span class="sr">{u().now}</span>
        <time dateTime={new Date(time).toISOString()}>{dateAndTime(time)}</time>
        {ahead > 0 && <span class="stage-ahead">{u().ahead(span(ahead))}</span>}
      </span>
      <Move step="minutes" label={u().plus5} />
      <Move step="hour" label={u().plus60} />
      <Move step="morning" label={u().tomorrow} />
      <button
        type="button"
        class={`button small ${off ? 'warned' : ''}`}
        aria-pressed={off}
        title={off ? t().mailOn : t().mailOff}
        onClick={() => void switchMail()}
      >
        <Icon name={off ? 'alert' : 'mail'} size={14} />
        {off ? u().mailOn : u().mailOff}
      </button>
      <button
        type="button"
        class={`button small ${odd ? 'warned' : ''}`}
        data-menu="providers"
        aria-haspopup="dialog"
        aria-expanded={menu.value?.name === 'providers'}
        onClick={(event) => openMenu('providers', null, event.currentTarget)}
      >
        <Icon name={odd ? 'alert' : 'chat'} size={14} />
        {u().providers}
      </button>
    </div>
  )
}
