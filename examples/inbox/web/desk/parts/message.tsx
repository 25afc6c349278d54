import { useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { clockTime, fileSize } from '../../shared/time.ts'
import { address, as, type Message } from '../api.ts'
import { agentName, agentShort } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { MailFrame } from './mail-frame.tsx'

const link = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g

/** Words as they were written; addresses of pages can be followed. */
export const Words = ({ text }: { readonly text: string }) => (
  <p class="words">
    {text.split(link).map((part, at) =>
      at % 2 === 1 ? (
        <a key={at} href={part} target="_blank" rel="noopener noreferrer nofollow">
          {part}
        </a>
      ) : (
        part
      ),
    )}
  </p>
)

const File = ({ file }: { readonly file: Message['files'][number] }) => {
  const url = address(file.url)
  const picture = /^image\/(png|jpeg|gif|webp|bmp)$/.test(file.mime)
  return (
    <a
      class={`file ${picture ? 'picture' : ''}`}
      href={url}
      target="_blank"
      rel="noopener"
      download={picture ? undefined : file.name}
    >
      {picture ? <img src={url} alt={file.name} loading="lazy" /> : <Icon name="file" />}
      <span class="file-name">{file.name}</span>
      <span class="file-size">{fileSize(file.size)}</span>
    </a>
  )
}

const deliveryText = (message: Message): string | null => {
  const { delivery } = message
  if (delivery === null) return null
  switch (delivery.status) {
    case 'read':
      return t().status_read(clockTime(delivery.at))
    case 'failed':
      return t().status_failed(delivery.error?.message ?? delivery.error?.code ?? '?')
    case 'queued':
    case 'sending':
    case 'sent':
    case 'delivered':
    case 'uncertain':
      return t()[`status_${delivery.status}`]
  }
}

const authorOf = (message: Message, contact: string): string => {
  if (message.author.kind === 'contact') return message.author.name ?? contact
  if (message.author.kind === 'agent') {
    return message.author.id === as ? t().you(agentShort(as)) : (message.author.name ?? agentName(message.author.id))
  }
  return message.author.name ?? t().engine
}

const Body = ({ conversation, message }: { readonly conversation: string; readonly message: Message }) => {
  const [formatted, setFormatted] = useState(false)
  if (message.deleted) return <p class="words gone">{t().deleted}</p>
  const files = message.files.filter((file) => !formatted || file.contentId === undefined)
  return (
    <>
      {formatted ? (
        <MailFrame conversation={conversation} seq={message.seq} />
      ) : (
        message.text.trim() !== '' && <Words text={message.text} />
      )}
      {files.length > 0 && (
        <div class="files">
          {files.map((file) => (
            <File key={file.blob} file={file} />
          ))}
        </div>
      )}
      {message.hasHtml && (
        <button type="button" class="link" aria-expanded={formatted} onClick={() => setFormatted(!formatted)}>
          {formatted ? t().plain : t().formatted}
        </button>
      )}
    </>
  )
}

export const MessageView = ({
  conversation,
  message,
  contact,
}: {
  readonly conversation: string
  readonly message: Message
  readonly contact: string
}) => {
  const status = deliveryText(message)
  return (
    <li class={`message ${message.direction}`} data-seq={message.seq}>
      <div class="meta">
        <span class="author">{authorOf(message, contact)}</span>
        {message.direction === 'note' && <span>{t().note}</span>}
        <time dateTime={new Date(message.sentAt).toISOString()}>{clockTime(message.sentAt)}</time>
        {message.edited && <span>· {t().edited}</span>}
        {status !== null && (
          <span class={`delivery ${message.delivery?.status ?? ''}`} data-delivery={message.delivery?.status}>
            · {status}
          </span>
        )}
      </div>
      <div class="bubble">
        <Body conversation={conversation} message={message} />
      </div>
      {message.stranger && <p class="aside warn">{t().stranger}</p>}
      {message.automatic !== null && <p class="aside">{t().automaticMail}</p>}
    </li>
  )
}
