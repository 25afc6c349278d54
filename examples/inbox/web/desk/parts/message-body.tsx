import { useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { fileSize } from '../../shared/time.ts'
import { address, type Message } from '../api.ts'
import type { Asked } from '../state/asked-parts.ts'
import { messageOf } from '../state/messages.ts'
import { open } from '../state/thread.ts'
import { beside, isTurned, turn } from '../state/translation.ts'
import { languageName } from '../words/languages.ts'
import { t } from '../words/t.ts'
import { later } from './later.tsx'

const soon = { soon: true }
const MailFrame = later(() => import('./message/rarely.ts').then((it) => it.MailFrame), soon)
const MissingFile = later(() => import('./message/rarely.ts').then((it) => it.MissingFile), soon)
const RichPartView = later(() => import('./message/rarely.ts').then((it) => it.RichPartView), soon)

const link = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/g

/** Words as they were written; addresses of pages can be followed. */
export const Words = ({ text, lang }: { readonly text: string; readonly lang?: string | undefined }) => (
  <p class="words" dir="auto" lang={lang}>
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

const Quoted = ({ id, seq }: { readonly id: string; readonly seq: number }) => {
  const quoted = messageOf(id, seq)
  return (
    <button type="button" class="quoted" aria-label={t().goToQuoted} onClick={() => void open(id, seq)}>
      {quoted === undefined ? t().quotedElsewhere : quoted.deleted ? t().deleted : quoted.text.slice(0, 160)}
    </button>
  )
}

/** What is written of a message besides its rich parts, in the wording that is asked for. */
const Wording = ({
  id,
  message,
  plain,
}: {
  readonly id: string
  readonly message: Message
  readonly plain: string
}) => {
  const other = beside(id, message)
  const turned = isTurned(id, message.seq)
  if (other === undefined) return <Words text={plain} lang={message.language ?? undefined} />
  const done = other.state === 'done' && other.text !== null && other.text !== ''
  // What a customer writes is read in our language first; what we write, as we wrote it.
  const translated = done && (message.direction === 'in') !== turned
  return (
    <>
      <Words
        text={translated ? (other.text ?? plain) : plain}
        lang={(translated ? other.language : message.language) ?? undefined}
      />
      {other.state === 'pending' && <p class="aside translating">{t().translating}</p>}
      {other.state === 'failed' && <p class="aside warn">{t().translationFailed}</p>}
      {done && (
        <button type="button" class="link" aria-pressed={turned} onClick={() => turn(id, message.seq)}>
          {translated ? t().showOriginal : t().showTranslation(languageName(other.language))}
        </button>
      )}
    </>
  )
}

export const MessageBody = ({
  conversation,
  message,
  asked,
}: {
  readonly conversation: string
  readonly message: Message
  readonly contact: string
  readonly asked: Asked
}) => {
  const [formatted, setFormatted] = useState(false)
  if (message.deleted) return <p class="words gone">{t().deleted}</p>
  const files = message.files.filter((file) => !formatted || file.contentId === undefined)
  const plain = message.parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')
  const rich = message.parts.flatMap((part) =>
    part._tag === 'Text' || part._tag === 'Html' || part._tag === 'File' ? [] : [part],
  )
  // A mail of HTML alone has its words in `text`, where the engine has written them out.
  const words = plain.trim() === '' && rich.length === 0 ? message.text : plain
  return (
    <>
      {message.quote !== null && <Quoted id={conversation} seq={message.quote} />}
      {formatted ? (
        <MailFrame conversation={conversation} seq={message.seq} />
      ) : (
        words.trim() !== '' && <Wording id={conversation} message={message} plain={words} />
      )}
      {rich.map((part, at) => (
        <RichPartView key={`${part._tag}-${at}`} part={part} asked={asked} />
      ))}
      {files.length > 0 && (
        <div class="files">
          {files.map((file) =>
            file.missing === undefined ? (
              <File key={file.blob} file={file} />
            ) : (
              <MissingFile key={file.blob} file={file} />
            ),
          )}
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
