import { useRef, useState } from 'preact/hooks'
import { Avatar } from '../shared/avatar.tsx'
import { Icon } from '../shared/icon.tsx'
import { dateAndTime, fileSize } from '../shared/time.ts'
import type { Mail } from '../../server/mailbox/mail.ts'
import { chosen, writing } from './mails.ts'
import { t } from './words.ts'

const Body = ({ mail }: { readonly mail: Mail }) => {
  const [formatted, setFormatted] = useState(false)
  const frame = useRef<HTMLIFrameElement>(null)
  return (
    <>
      {mail.hasHtml && (
        <div class="switch" role="group" aria-label={t().message}>
          <button type="button" aria-pressed={!formatted} onClick={() => setFormatted(false)}>
            {t().text}
          </button>
          <button type="button" aria-pressed={formatted} onClick={() => setFormatted(true)}>
            {t().html}
          </button>
        </div>
      )}
      {formatted ? (
        <iframe
          ref={frame}
          title={t().html}
          sandbox="allow-same-origin allow-popups"
          referrerpolicy="no-referrer"
          src={`/api/mailbox/mails/${mail.id}/html`}
          onLoad={() => {
            const height = frame.current?.contentDocument?.documentElement.scrollHeight ?? 200
            frame.current?.style.setProperty('height', `${height}px`)
          }}
        />
      ) : (
        <p class="text">{mail.text}</p>
      )}
    </>
  )
}

export const MailView = ({ mail }: { readonly mail: Mail }) => (
  <article class="mail" aria-label={mail.subject}>
    <header>
      <button type="button" class="icon-button phone-back" aria-label={t().back} onClick={() => (chosen.value = null)}>
        <Icon name="back" />
      </button>
      <h2>{mail.subject === '' ? t().noSubject : mail.subject}</h2>
      <button type="button" class="button primary" onClick={() => (writing.value = { answers: mail })}>
        <Icon name="reply" />
        {t().reply}
      </button>
    </header>
    <div class="people">
      <Avatar id={mail.from.address} name={mail.from.name || mail.from.address} size={36} />
      <div>
        <p>
          <strong>{mail.from.name || mail.from.address}</strong> <span class="soft">{mail.from.address}</span>
        </p>
        <p class="soft">
          {t().to} {mail.to.join(', ')} · {dateAndTime(mail.date)}
        </p>
      </div>
    </div>
    <Body mail={mail} />
    {mail.attachments.length > 0 && (
      <ul class="files" aria-label={t().attachments}>
        {mail.attachments.map((file, at) => (
          <li key={`${file.name}-${at}`}>
            <a class="file" href={`/api/mailbox/mails/${mail.id}/attachments/${at}`} download={file.name}>
              <Icon name="file" />
              <span class="file-name">{file.name}</span>
              <span class="file-size">{fileSize(file.size)}</span>
            </a>
          </li>
        ))}
      </ul>
    )}
    <details class="headers">
      <summary>{t().headers}</summary>
      <dl>
        {mail.headers.map(({ name, value }, at) => (
          <div key={at}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <a href={`/api/mailbox/mails/${mail.id}/raw`} target="_blank" rel="noopener">
        {t().raw}
      </a>
    </details>
  </article>
)
