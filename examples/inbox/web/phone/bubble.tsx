import { useState } from 'preact/hooks'
import type { PhoneFile, PhoneMessage } from '../../server/phone/message.ts'
import { Icon } from '../shared/icon.tsx'
import { clockTime, fileSize } from '../shared/time.ts'
import { messageBy, quoting, react } from './telephone.ts'
import { t } from './words.ts'

const signs = ['👍', '❤️', '😂', '😮', '🙏'] as const

const addressOf = ({ id }: PhoneFile): string => `/api/phone/files/${id}`

const Attachment = ({ file }: { readonly file: PhoneFile }) =>
  file.mime.startsWith('image/') ? (
    <a class="picture" href={addressOf(file)} target="_blank" rel="noopener">
      <img src={addressOf(file)} alt={file.name} />
    </a>
  ) : (
    <a class="file" href={addressOf(file)} download={file.name}>
      <Icon name="file" />
      <span class="file-name">{file.name}</span>
      <span class="file-size">{fileSize(file.size)}</span>
    </a>
  )

/** The first words of a message, or what it is. */
export const gist = ({ text, files }: PhoneMessage): string =>
  text !== '' ? text : files.some(({ mime }) => mime.startsWith('image/')) ? t().photo : t().file

const Quoted = ({ externalId }: { readonly externalId: string }) => {
  const quoted = messageBy(externalId)
  if (quoted === undefined) return null
  return (
    <p class="quoted">
      <span class="sr">{t().quoted} </span>
      <strong>{quoted.direction === 'sent' ? t().you : t().shop}</strong>
      <span>{gist(quoted)}</span>
    </p>
  )
}

/** How far a message of the customer has come: one tick, two, two in colour. */
const Mark = ({ status }: Pick<PhoneMessage, 'status'>) => (
  <span class={`mark ${status}`} title={t()[`mark_${status}`]}>
    <Icon name={status === 'sent' ? 'check' : 'checks'} size={14} />
    <span class="sr">{t()[`mark_${status}`]}</span>
  </span>
)

/** What can be done with a message of the shop: answer it, put a sign beside it. */
const Acts = ({ message }: { readonly message: PhoneMessage }) => {
  const [choosing, setChoosing] = useState(false)
  return (
    <div class="acts">
      <button
        type="button"
        class="icon-button small"
        aria-label={t().quote}
        title={t().quote}
        onClick={() => {
          quoting.value = message
          document.getElementById('text')?.focus()
        }}
      >
        <Icon name="reply" size={14} />
      </button>
      <button
        type="button"
        class="icon-button small"
        aria-label={t().react}
        title={t().react}
        aria-expanded={choosing}
        onClick={() => setChoosing(!choosing)}
      >
        <Icon name="smile" size={14} />
      </button>
      {choosing && (
        <div class="signs" role="group" aria-label={t().react}>
          {signs.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={t().reactWith(emoji)}
              onClick={() => {
                setChoosing(false)
                void react(message, emoji)
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

const Signs = ({ message }: { readonly message: PhoneMessage }) => (
  <span class="beside">
    {message.mine !== null && (
      <button
        type="button"
        aria-label={`${message.mine} ${t().takeBack}`}
        title={t().takeBack}
        onClick={() => void react(message, null)}
      >
        {message.mine}
      </button>
    )}
    {message.theirs !== null && (
      <span title={t().reactedByShop}>
        {message.theirs}
        <span class="sr"> {t().reactedByShop}</span>
      </span>
    )}
  </span>
)

export const Bubble = ({ message }: { readonly message: PhoneMessage }) => {
  const { direction, text, files, quotes, at, status } = message
  const received = direction === 'received'
  return (
    <li class={`turn ${direction}`}>
      <div class="bubble">
        <span class="sr">{received ? t().shop : t().you}: </span>
        {quotes !== null && <Quoted externalId={quotes} />}
        {files.map((file) => (
          <Attachment key={file.id} file={file} />
        ))}
        {text !== '' && (
          <p class="said" dir="auto">
            {text}
          </p>
        )}
        <span class="stamp">
          <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
          {!received && <Mark status={status} />}
        </span>
        {(message.mine !== null || message.theirs !== null) && <Signs message={message} />}
      </div>
      {received && message.line !== 'sms' && <Acts message={message} />}
    </li>
  )
}
