import '@preact/signals'
import { effect } from '@preact/signals'
import { render } from 'preact'
import { type Line, lines } from '../../server/phone/message.ts'
import type { IconName } from '../shared/icon-shapes.ts'
import { Icon } from '../shared/icon.tsx'
import '../shared/tokens.css'
import '../shared/base.css'
import '../shared/customer.css'
import './phone.css'
import { Conversation } from './conversation.tsx'
import { follow, line, owner, phone, scene, setWorks, takeElsewhere, takeLine, thread, unreadOn } from './telephone.ts'
import { Other, Whose } from './whose.tsx'
import { t } from './words.ts'
import { WriteForm } from './write-form.tsx'

const icons: Readonly<Record<Line, IconName>> = { sms: 'chat', whatsapp: 'talk', messenger: 'users' }

const Tab = ({ of }: { readonly of: Line }) => {
  const unread = unreadOn(of)
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${of}`}
      aria-selected={line.value === of}
      aria-controls="line"
      tabIndex={line.value === of ? 0 : -1}
      onClick={() => takeLine(of)}
    >
      <Icon name={icons[of]} size={18} />
      {t()[of]}
      {unread > 0 && (
        <span class="badge">
          <span aria-hidden="true">{unread}</span>
          <span class="sr">{t().unread(unread)}</span>
        </span>
      )}
    </button>
  )
}

/** Arrows go from tab to tab, as everywhere (ARIA Authoring Practices, "Tabs"). */
const arrows = (event: KeyboardEvent): void => {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const next = lines[(lines.indexOf(line.value) + step + lines.length) % lines.length]
  if (step === 0 || next === undefined) return
  takeLine(next)
  document.getElementById(`tab-${next}`)?.focus()
}

const Handset = () => (
  <section class="handset" aria-label={t().phoneOf(owner.value)}>
    <div class="tabs" role="tablist" aria-label={t().lines} onKeyDown={arrows}>
      {lines.map((one) => (
        <Tab key={one} of={one} />
      ))}
    </div>
    <div id="line" class={`line ${line.value}`} role="tabpanel" aria-labelledby={`tab-${line.value}`}>
      <h2 class="to">{t().shop}</h2>
      <Conversation />
      <WriteForm key={`${phone.value} ${line.value}`} />
    </div>
  </section>
)

const Switch = ({ of }: { readonly of: Line }) => (
  <label class="switch">
    <input
      type="checkbox"
      checked={scene.value?.[of] === false}
      onChange={(event) => void setWorks(of, !event.currentTarget.checked)}
    />
    {t().outOfOrder(t()[of])}
  </label>
)

/** What a customer does not see: other telephones, and the providers. */
const Side = () => (
  <aside class="side">
    <section aria-labelledby="other">
      <h2 id="other">{t().other}</h2>
      <Other />
    </section>
    <section aria-labelledby="provider">
      <h2 id="provider">{t().provider}</h2>
      {lines.map((one) => (
        <Switch key={one} of={one} />
      ))}
      {line.value === 'messenger' && thread.value.length > 0 && (
        <button type="button" class="button" onClick={() => void takeElsewhere()}>
          <Icon name="transfer" /> {t().elsewhere}
        </button>
      )}
      <ul class="hints">
        <li>{t().outage}</li>
        <li>{line.value === 'sms' ? t().stopping : t().window}</li>
        <li>{line.value === 'messenger' ? t().elsewhereHint : t().nobody}</li>
      </ul>
    </section>
  </aside>
)

const App = () => (
  <>
    <header class="top">
      <h1>{t().title}</h1>
      <Whose />
      <span class="grow" />
      <a href="/">{t().desk}</a>
    </header>
    <main class="stand">
      <Handset />
      <Side />
    </main>
  </>
)

effect(() => {
  document.title = t().title
})

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')
render(<App />, root)
follow()
