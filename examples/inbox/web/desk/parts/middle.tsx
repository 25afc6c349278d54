import { conversation, displayName } from '../state/conversations.ts'
import { selected } from '../state/place.ts'
import { threadOf } from '../state/thread.ts'
import { t } from '../words/t.ts'
import { BotLine } from './bot-line.tsx'
import { Composer } from './composer.tsx'
import { ThreadBar } from './thread-bar.tsx'
import { ThreadView } from './thread.tsx'

/** The open conversation, or what to do about there being none. */
export const Middle = () => {
  const id = selected.value
  const current = conversation(id)
  if (current === undefined) {
    const gone = id !== null && threadOf(id).state === 'failed'
    return (
      <section class="main" id="conversation" tabIndex={-1} aria-label={t().conversation}>
        <div class="empty">
          <p>{gone ? t().no_NotFound : t().pickOne}</p>
        </div>
      </section>
    )
  }
  return (
    <section class="main" id="conversation" tabIndex={-1} aria-label={displayName(current)}>
      <ThreadBar summary={current} />
      <BotLine summary={current} />
      <ThreadView current={current} />
      <Composer current={current} />
    </section>
  )
}
