import type { ComponentChildren } from 'preact'
import { Icon } from '../../../shared/icon.tsx'
import { leaveScreen, navShown, type ScreenName } from '../../state/place.ts'
import { t } from '../../words/t.ts'

/** A page of its own: its title, what acts on all of it, and a way back to the conversations. */
export const ScreenFrame = ({
  name,
  title,
  acts,
  children,
}: {
  readonly name: ScreenName
  readonly title: string
  readonly acts?: ComponentChildren
  readonly children: ComponentChildren
}) => (
  <main class={`screen ${name}`} aria-label={title}>
    <header class="bar">
      <button
        type="button"
        class="icon-button menu-only"
        aria-label={t().menu}
        onClick={() => {
          navShown.value = true
        }}
      >
        <Icon name="list" />
      </button>
      <h1>{title}</h1>
      <span class="grow" />
      {acts}
      <button
        type="button"
        class="icon-button"
        aria-label={t().backToConversations}
        title={t().backToConversations}
        onClick={leaveScreen}
      >
        <Icon name="close" />
      </button>
    </header>
    <div class="screen-body">{children}</div>
  </main>
)
