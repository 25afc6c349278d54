import { useEffect } from 'preact/hooks'
import { announced } from './state/announce.ts'
import { conversation, displayName } from './state/conversations.ts'
import { missed } from './state/ringing.ts'
import { helpOpen, paletteOpen } from './state/menus.ts'
import { asked } from './state/asked.ts'
import { deleting } from './state/deleting.ts'
import { peopleDialog } from './state/dialogs.ts'
import { detailsShown, navShown, pane, screen, selected } from './state/place.ts'
import { threadOf } from './state/thread.ts'
import { underOpen } from './state/under.ts'
import { refusedEntry } from './state/workspace.ts'
import { Banner } from './parts/banner.tsx'
import { BotLine } from './parts/bot-line.tsx'
import { Composer } from './parts/composer.tsx'
import { DeleteDialog } from './parts/delete-dialog.tsx'
import { Details } from './parts/details.tsx'
import { Help } from './parts/help.tsx'
import { later } from './parts/later.tsx'
import { List } from './parts/list.tsx'
import { Menu } from './parts/menu.tsx'
import { Nav } from './parts/nav.tsx'
import { Palette } from './parts/palette.tsx'
import { ThreadBar } from './parts/thread-bar.tsx'
import { ThreadView } from './parts/thread.tsx'
import { SceneLine } from './parts/scene-line.tsx'
import { Toasts } from './parts/toasts.tsx'
import { t } from './words/t.ts'

const ScreenView = later(() => import('./parts/screens/screen-view.tsx').then((it) => it.ScreenView))
const Drawer = later(() => import('./parts/under/drawer.tsx').then((it) => it.Drawer))
const WritingDialogs = later(() => import('./parts/writing/dialogs.tsx').then((it) => it.WritingDialogs))
const PeopleDialogs = later(() => import('./parts/people/dialogs.tsx').then((it) => it.PeopleDialogs))

const Middle = () => {
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

export const App = () => {
  const unread = missed.value
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}Guichet`
  }, [unread])
  const current = conversation(selected.value)
  if (refusedEntry.value) {
    return (
      <main class="empty">
        <p>{t().no_Forbidden}</p>
        <a class="button" href="/?as=ana">
          Ana
        </a>
      </main>
    )
  }
  return (
    <>
      <a class="skip" href="#conversation">
        {t().skip}
      </a>
      <Banner />
      <SceneLine />
      <div
        class={`desk pane-${pane.value} ${screen.value !== null ? 'on-screen' : detailsShown.value && current !== undefined ? 'with-details' : ''}`}
      >
        <Nav />
        {navShown.value && (
          <button
            type="button"
            class="shade"
            aria-label={t().cancel}
            onClick={() => {
              navShown.value = false
            }}
          />
        )}
        <main class="panes" hidden={screen.value !== null}>
          <h1 class="sr">Guichet</h1>
          <List />
          <Middle />
        </main>
        {current !== undefined && <Details current={current} />}
        {screen.value !== null && <ScreenView />}
      </div>
      {underOpen.value && <Drawer />}
      <Menu />
      {peopleDialog.value !== null && <PeopleDialogs />}
      {asked.value !== null && <WritingDialogs />}
      {paletteOpen.value && <Palette />}
      {helpOpen.value && <Help />}
      {deleting.value !== null && <DeleteDialog id={deleting.value} />}
      <Toasts />
      <p class="sr" role="status" id="announced">
        {announced.value}
      </p>
    </>
  )
}
