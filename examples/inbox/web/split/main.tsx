import '@preact/signals'
import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import { language, theme } from '../shared/preferences.ts'
import '../shared/tokens.css'
import '../shared/base.css'
import './split.css'
import { t } from './words.ts'

const panes = ['ana', 'ben', 'lia', 'chloe', 'mailbox', 'phone', 'site'] as const
type Pane = (typeof panes)[number]
type Side = 'left' | 'right'

/** Language and theme go along: the frames may have been opened with others before. */
const addressOf = (pane: Pane): string => {
  const query = new URLSearchParams({ lang: language.value, theme: theme.value })
  if (pane === 'mailbox' || pane === 'phone' || pane === 'site') return `/${pane}?${query}`
  query.set('as', pane)
  return `/?${query}`
}

const asked = new URLSearchParams(location.search)
const paneIn = (side: Side, fallback: Pane): Pane => panes.find((one) => one === asked.get(side)) ?? fallback

const shown = { left: signal(paneIn('left', 'ana')), right: signal(paneIn('right', 'ben')) }
/** What has been shown once stays as it was left: switching is no reload. */
const opened = {
  left: signal<ReadonlyArray<Pane>>([shown.left.value]),
  right: signal<ReadonlyArray<Pane>>([shown.right.value]),
}
/** Where there is room for one only. */
const front = signal<Side>('left')

effect(() => {
  history.replaceState(null, '', `?${new URLSearchParams({ left: shown.left.value, right: shown.right.value })}`)
})
effect(() => {
  document.title = t().title
})

const show = (side: Side, pane: Pane): void => {
  opened[side].value = [...new Set([...opened[side].value, pane])]
  shown[side].value = pane
}

const Chooser = ({ side }: { readonly side: Side }) => (
  <label class="chooser">
    <span>{t()[side]}</span>
    <select
      value={shown[side].value}
      onChange={(event) => {
        const pane = panes.find((one) => one === event.currentTarget.value)
        if (pane !== undefined) show(side, pane)
      }}
    >
      {panes.map((pane) => (
        <option key={pane} value={pane}>
          {t()[`pane_${pane}`]}
        </option>
      ))}
    </select>
  </label>
)

const Half = ({ side }: { readonly side: Side }) => (
  <section class={`half ${front.value === side ? 'front' : ''}`} aria-label={t()[`pane_${shown[side].value}`]}>
    {opened[side].value.map((pane) => (
      <iframe
        key={pane}
        title={t()[`pane_${pane}`]}
        src={addressOf(pane)}
        hidden={pane !== shown[side].value}
        data-pane={pane}
      />
    ))}
  </section>
)

/** Below the width at which two desks fit beside each other, one of them is in front. */
const Front = () => (
  <div class="fronts" role="group" aria-label={t().title}>
    {(['left', 'right'] as const).map((side) => (
      <button
        key={side}
        type="button"
        class="button small"
        aria-pressed={front.value === side}
        onClick={() => {
          front.value = side
        }}
      >
        {t()[`pane_${shown[side].value}`]}
      </button>
    ))}
  </div>
)

const App = () => (
  <>
    <header class="split-head">
      <h1>{t().title}</h1>
      <Chooser side="left" />
      <Chooser side="right" />
      <Front />
      <span class="grow" />
      <a href="/">{t().desk}</a>
    </header>
    <main class="halves">
      <Half side="left" />
      <Half side="right" />
    </main>
  </>
)

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')
render(<App />, root)
