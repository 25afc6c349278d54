import '@preact/signals'
import { render } from 'preact'
import { Avatar } from '../shared/avatar.tsx'
import { Icon } from '../shared/icon.tsx'
import { age } from '../shared/time.ts'
import '../shared/tokens.css'
import '../shared/base.css'
import '../shared/customer.css'
import './mailbox.css'
import { MailView } from './mail-view.tsx'
import { box, boxes, chosen, follow, opened, shown, writing } from './mails.ts'
import { t } from './words.ts'
import { WriteForm } from './write-form.tsx'

const Box = () => (
  <select
    aria-label={t().box}
    value={box.value ?? ''}
    onChange={(event) => {
      box.value = event.currentTarget.value === '' ? null : event.currentTarget.value
      chosen.value = null
    }}
  >
    <option value="">{t().everyone}</option>
    {boxes.value.map((one) => (
      <option key={one} value={one}>
        {one}
      </option>
    ))}
  </select>
)

const List = () => (
  <section class="mails" aria-label={t().mails}>
    {shown.value.length === 0 ? (
      <p class="empty">{t().empty}</p>
    ) : (
      <ul>
        {shown.value.map((mail) => {
          const who = mail.direction === 'sent' ? mail.from : { name: mail.from.name, address: mail.from.address }
          return (
            <li key={mail.id}>
              <button
                type="button"
                class="mail-row"
                aria-current={chosen.value === mail.id ? 'true' : undefined}
                onClick={() => {
                  chosen.value = mail.id
                  writing.value = null
                }}
              >
                <Avatar id={who.address} name={who.name || who.address} />
                <span class="grow">
                  <span class="line">
                    <strong class="grow">{who.name || who.address}</strong>
                    <time dateTime={new Date(mail.date).toISOString()}>{age(mail.date)}</time>
                  </span>
                  <span class="line">
                    <span class="grow cut">{mail.subject || t().noSubject}</span>
                    {mail.attachments.length > 0 && <Icon name="paperclip" size={13} />}
                  </span>
                  <span class="soft cut">
                    {mail.direction === 'sent' ? t().sent : t().received} · {mail.text.slice(0, 90)}
                  </span>
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    )}
  </section>
)

const Reader = () => {
  const mail = opened.value
  const draft = writing.value
  return (
    <main class="reader">
      {draft !== null ? (
        <WriteForm key={draft.answers?.id ?? 'new'} answers={draft.answers} />
      ) : mail !== null ? (
        <MailView key={mail.id} mail={mail} />
      ) : (
        <p class="empty">{t().pick}</p>
      )}
    </main>
  )
}

const App = () => (
  <>
    <header class="top">
      <h1>{t().title}</h1>
      <Box />
      <span class="grow" />
      <a href="/">{t().desk}</a>
      <button type="button" class="button" onClick={() => (writing.value = { answers: null })}>
        <Icon name="pencil" />
        {t().write}
      </button>
    </header>
    <div class={`columns ${opened.value !== null || writing.value !== null ? 'reading' : ''}`}>
      <List />
      <Reader />
    </div>
  </>
)

const root = document.getElementById('app')
if (root === null) throw new Error('the page has no #app')
render(<App />, root)
follow()
