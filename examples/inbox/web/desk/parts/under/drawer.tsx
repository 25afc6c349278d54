import { useEffect, useRef } from 'preact/hooks'
import '../../style/under.css'
import { Icon } from '../../../shared/icon.tsx'
import { closeUnder, type UnderTab, underTab, underTabs } from '../../state/under.ts'
import { u } from '../../words/under/u.ts'
import { CallList } from './call-list.tsx'
import { Grip } from './grip.tsx'
import { JournalList } from './journal-list.tsx'
import { StageBar } from './stage-bar.tsx'
import { WorkList } from './work-list.tsx'

const contentOf = (tab: UnderTab) => {
  switch (tab) {
    case 'journal':
      return <JournalList />
    case 'calls':
      return <CallList refusedOnly={false} />
    case 'refusals':
      return <CallList refusedOnly />
    case 'work':
      return <WorkList />
  }
}

const onTabKey = (event: KeyboardEvent): void => {
  const at = underTabs.indexOf(underTab.value)
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (by === 0) return
  const next = underTabs[(at + by + underTabs.length) % underTabs.length] ?? 'journal'
  underTab.value = next
  document.getElementById(`under-${next}`)?.focus()
  event.preventDefault()
}

/** What the engine does, as it does it: the journal, the calls of this window, what was refused, and what comes next. */
export const Drawer = () => {
  const box = useRef<HTMLElement>(null)
  useEffect(() => document.getElementById(`under-${underTab.peek()}`)?.focus({ preventScroll: true }), [])
  const tab = underTab.value
  return (
    <section
      class="under"
      ref={box}
      aria-label={u().title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        closeUnder()
      }}
    >
      <Grip box={box} />
      <header class="under-head">
        <div class="under-tabs" role="tablist" aria-label={u().title} onKeyDown={onTabKey}>
          {underTabs.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`under-${one}`}
              class="under-tab"
              aria-selected={one === tab}
              aria-controls="under-panel"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => {
                underTab.value = one
              }}
            >
              {u()[`tab_${one}`]}
            </button>
          ))}
        </div>
        <StageBar />
        <button type="button" class="icon-button" aria-label={u().close} aria-keyshortcuts="." onClick={closeUnder}>
          <Icon name="close" />
        </button>
      </header>
      <div class="under-panel" role="tabpanel" id="under-panel" aria-labelledby={`under-${tab}`}>
        {contentOf(tab)}
      </div>
    </section>
  )
}
