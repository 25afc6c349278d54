import { Icon } from '../../shared/icon.tsx'
import { dateAndTime, now } from '../../shared/time.ts'
import { scene, switchMail } from '../state/scene.ts'
import { t } from '../words/t.ts'

/** Less than this is no other time, in milliseconds. */
const noticed = 60_000

/** What is not as usual around the engine: its clock was moved, or its mail cannot leave. */
export const SceneLine = () => {
  const ahead = (scene.value?.ahead ?? 0) >= noticed
  const mailIsOff = scene.value?.mail === false
  if (!ahead && !mailIsOff) return null
  return (
    <aside class="scene-line" aria-label={t().under}>
      {ahead && (
        <span>
          <Icon name="clock" size={14} />
          {t().clock_ahead(dateAndTime(now.value))}
        </span>
      )}
      {mailIsOff && (
        <span>
          <Icon name="alert" size={14} />
          {t().mailIsOff}
          <button type="button" class="link" onClick={() => void switchMail()}>
            {t().mailOn}
          </button>
        </span>
      )}
    </aside>
  )
}
