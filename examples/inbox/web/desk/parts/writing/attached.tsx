import { Icon } from '../../../shared/icon.tsx'
import { fileSize } from '../../../shared/time.ts'
import type { Message, Summary } from '../../api.ts'
import { type Extras, extrasOf, setExtras } from '../../state/extras.ts'
import type { Upload } from '../../state/outbox.ts'
import { threadOf } from '../../state/thread.ts'
import { accountName, me } from '../../state/workspace.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { lineOf } from '../../words/part-line.ts'

export const Files = ({
  files,
  remove,
}: {
  readonly files: ReadonlyArray<Upload>
  readonly remove: (file: Upload) => void
}) => (
  <ul class="attached">
    {files.map((file) => (
      <li key={`${file.name}-${file.size}`} class="file">
        <Icon name="file" />
        <span class="file-name">{file.name}</span>
        <span class="file-size">{fileSize(file.size)}</span>
        <button
          type="button"
          class="icon-button small"
          aria-label={t().removeFile(file.name)}
          onClick={() => remove(file)}
        >
          <Icon name="close" size={12} />
        </button>
      </li>
    ))}
  </ul>
)

const Chip = ({
  icon,
  text,
  remove,
}: {
  readonly icon: 'reply' | 'form'
  readonly text: string
  readonly remove: () => void
}) => (
  <li class="file">
    <Icon name={icon} />
    <span class="file-name">{text}</span>
    <button type="button" class="icon-button small" aria-label={t().removeFile(text)} onClick={remove}>
      <Icon name="close" size={12} />
    </button>
  </li>
)

const quoted = (message: Message | undefined): string => (message === undefined ? '' : message.text.slice(0, 80))

/** What goes with the words: the message that is quoted, and forms, offers, places. */
export const Accompanying = ({ id, note }: { readonly id: string; readonly note: boolean }) => {
  const { parts, quote } = extrasOf(id)
  return (
    <ul class="attached">
      {quote !== null && (
        <Chip
          icon="reply"
          text={`${t().quoted} : ${quoted(threadOf(id).messages.get(quote))}`}
          remove={() => setExtras(id, { quote: null })}
        />
      )}
      {!note &&
        parts.map((part, at) => (
          <Chip
            key={at}
            icon="form"
            text={lineOf(part)}
            remove={() => setExtras(id, { parts: parts.filter((_, index) => index !== at) })}
          />
        ))}
    </ul>
  )
}

/** For mail: who gets a copy, and whose box the answers go to. */
export const Addresses = ({ current }: { readonly current: Summary }) => {
  const { id, account } = current
  const extras: Extras = extrasOf(id)
  const { email } = me.value
  return (
    <div class="address-lines">
      <label>
        <span>{t().cc}</span>
        <input
          value={extras.cc ?? ''}
          placeholder="nom@exemple.fr"
          inputMode="email"
          onInput={(event) => setExtras(id, { cc: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{w().replyToBox}</span>
        <select
          value={extras.replyTo}
          onChange={(event) => setExtras(id, { replyTo: event.currentTarget.value as Extras['replyTo'] })}
        >
          <option value="account">{accountName(account)}</option>
          {email !== undefined && <option value="agent">{email}</option>}
        </select>
      </label>
      {extras.replyTo === 'agent' && <p class="aside warn">{w().ownBoxHint}</p>}
    </div>
  )
}
