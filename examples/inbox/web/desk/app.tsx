import { announced } from './state/announce.ts'
import { conversation } from './state/conversations.ts'
import { helpOpen, menu, paletteOpen } from './state/menus.ts'
import { asked } from './state/asked.ts'
import { deleting } from './state/deleting.ts'
import { peopleDialog } from './state/dialogs.ts'
import { detailsShown, navShown, pane, screen, selected } from './state/place.ts'
import { underOpen } from './state/under.ts'
import { refusedEntry } from './state/workspace.ts'
import { Banner } from './parts/banner.tsx'
import { Details } from './parts/details.tsx'
import { later } from './parts/later.tsx'
import { List } from './parts/list.tsx'
import { Middle } from './parts/middle.tsx'
import { Nav } from './parts/nav.tsx'
import { SceneLine } from './parts/scene-line.tsx'
import { Toasts } from './parts/toasts.tsx'
import { t } from './words/t.ts'

const soon = { soon: true }
const Menu = later(() => import('./parts/menu.tsx').then((it) => it.Menu), soon)
const Palette = later(() => import('./parts/palette.tsx').then((it) => it.Palette), soon)
const Help = later(() => import('./parts/help.tsx').then((it) => it.Help), soon)
const DeleteDialog = later(() => import('./parts/delete-dialog.tsx').then((it) => it.DeleteDialog), soon)
const ScreenView = later(() => import('./parts/screens/screen-view.tsx').then((it) => it.ScreenView))
const Drawer = later(() => import('./parts/under/drawer.tsx').then((it) => it.Drawer))
const WritingDialogs = later(() => import('./parts/writing/dialogs.tsx').then((it) => it.WritingDialogs))
const PeopleDialogs = later(() => import('./parts/people/dialogs.tsx').then((it) => it.PeopleDialogs))

/** Apart from the rest, which need not be drawn again for it. */
const OpenMenu = () => (menu.value === null ? null : <Menu />)

export const App = () => {
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
      <OpenMenu />
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
