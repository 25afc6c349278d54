import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/icon.tsx'
import { fileSize } from '../../shared/time.ts'
import { conversationPath, type Summary, tell } from '../api.ts'
import { act, explain } from '../state/acts.ts'
import { mode } from '../state/composer.ts'
import { displayName } from '../state/conversations.ts'
import { draftOf, fetchDraft, keepDraft } from '../state/drafts.ts'
import { newestMessage, notice, returned, send, type Upload } from '../state/outbox.ts'
import { firstName, setup } from '../state/workspace.ts'
import { t } from '../words/t.ts'

const maxFiles = 3
/** How often a colleague or a customer is told that somebody types, in milliseconds. */
const typingEvery = 3000

const read = (file: File): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.onload = () => {
      const data = String(reader.result).split(',')[1] ?? ''
      resolve({ name: file.name, mime: file.type || 'application/octet-stream', size: file.size, data })
    }
    reader.readAsDataURL(file)
  })

/** Colleagues whom a note names: `@ana`, `@Ben`. */
const mentionsIn = (text: string): ReadonlyArray<string> => {
  const words = new Set([...text.matchAll(/@([\p{L}\d_-]+)/gu)].map(([, word]) => word?.toLowerCase()))
  return (setup.value?.agents ?? [])
    .filter((agent) => words.has(agent.id.toLowerCase()) || words.has(firstName(agent.name).toLowerCase()))
    .map(({ id }) => id)
}

const Refused = ({ current }: { readonly current: Summary }) => {
  const why = notice.value
  if (why === null || why.conversation !== current.id) return null
  const insist = () => {
    const { key: _key, at: _at, waiting: _waiting, ...message } = why.of
    const text = draftOf(current.id, message.mode) || message.text
    returned.value = { conversation: current.id, files: [] }
    send({ ...message, text, seen: null })
  }
  const dismiss = () => {
    notice.value = null
  }
  return (
    <div class="refused" role="alert">
      <Icon name="alert" />
      <span class="grow">
        {explain(why.failure, current.id)} {t().keepTyping}
      </span>
      {why.failure._tag === 'AlreadyOwned' && (
        <button
          type="button"
          class="button small"
          onClick={async () => {
            if (await act('takeOver', current.id)) dismiss()
          }}
        >
          {t().takeOver}
        </button>
      )}
      {why.failure._tag === 'Unseen' && (
        <>
          <button
            type="button"
            class="button small"
            onClick={() => {
              dismiss()
              document.querySelector('.message:last-of-type')?.scrollIntoView({ block: 'center' })
            }}
          >
            {t().act_show}
          </button>
          <button type="button" class="button small" onClick={insist}>
            {t().act_sendAnyway}
          </button>
        </>
      )}
      <button type="button" class="icon-button small" aria-label={t().dismiss} onClick={dismiss}>
        <Icon name="close" size={14} />
      </button>
    </div>
  )
}

const Files = ({
  files,
  remove,
}: {
  readonly files: ReadonlyArray<Upload>
  readonly remove: (file: Upload) => void
}) =>
  files.length === 0 ? null : (
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

/** Why nothing can be answered here at all, or nothing. */
const closedTo = (current: Summary): string | null =>
  current.status === 'spam' ? t().cannotReply_spam : current.status === 'archived' ? t().cannotReply_archived : null

export const Composer = ({ current }: { readonly current: Summary }) => {
  const { id } = current
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const lastTyping = useRef(0)
  const [files, setFiles] = useState<ReadonlyArray<Upload>>([])
  const [problem, setProblem] = useState<string | null>(null)
  const how = mode.value
  const text = draftOf(id, how)
  const blocked = how === 'reply' ? closedTo(current) : null

  useEffect(() => {
    setFiles([])
    setProblem(null)
    void fetchDraft(id, 'reply')
    void fetchDraft(id, 'note')
  }, [id])
  useEffect(() => {
    const back = returned.value
    if (back === null || back.conversation !== id) return
    setFiles(back.files)
    returned.value = null
  }, [id, returned.value])

  const add = async (chosen: ReadonlyArray<File>) => {
    const room = maxFiles - files.length
    setProblem(chosen.length > room ? t().tooManyFiles(maxFiles) : null)
    const uploads = await Promise.all(chosen.slice(0, room).map(read))
    setFiles((now) => [...now, ...uploads].slice(0, maxFiles))
  }

  const leave = (thenClose: boolean) => {
    if ((text.trim() === '' && files.length === 0) || blocked !== null) return
    send({
      conversation: id,
      mode: how,
      text,
      files,
      mentions: how === 'note' ? mentionsIn(text) : [],
      seen: newestMessage(id),
      thenClose: thenClose && how === 'reply',
    })
    setFiles([])
    if (how === 'note') mode.value = 'reply'
    area.current?.focus()
  }

  const onInput = (value: string) => {
    keepDraft(id, how, value)
    if (how === 'note' || Date.now() - lastTyping.current < typingEvery) return
    lastTyping.current = Date.now()
    void tell(conversationPath(id, '/typing'), { on: true })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    leave(event.shiftKey)
  }

  const empty = text.trim() === '' && files.length === 0
  return (
    <div class="composer-box">
      <Refused current={current} />
      <form
        class={`composer ${how}`}
        onSubmit={(event) => {
          event.preventDefault()
          leave(false)
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void add([...(event.dataTransfer?.files ?? [])])
        }}
      >
        <div class="composer-modes" role="group" aria-label={t().composer}>
          {(['reply', 'note'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={how === one}
              aria-keyshortcuts={one === 'reply' ? 'r' : 'n'}
              onClick={() => (mode.value = one)}
            >
              {one === 'reply' ? t().reply : t().note}
            </button>
          ))}
        </div>
        <textarea
          id="composer"
          ref={area}
          rows={3}
          value={text}
          disabled={blocked !== null}
          aria-label={t().composer}
          placeholder={blocked ?? (how === 'reply' ? t().replyTo(firstName(displayName(current))) : t().noteHint)}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length > 0) {
              event.preventDefault()
              void add(pasted)
            }
          }}
        />
        <Files files={files} remove={(file) => setFiles(files.filter((one) => one !== file))} />
        {problem !== null && (
          <p class="aside warn" role="status">
            {problem}
          </p>
        )}
        <div class="composer-foot">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label={t().attach}
            onChange={(event) => {
              void add([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
          <button
            type="button"
            class="icon-button"
            aria-label={t().attach}
            title={t().attach}
            disabled={blocked !== null || files.length >= maxFiles}
            onClick={() => picker.current?.click()}
          >
            <Icon name="paperclip" />
          </button>
          <span class="grow" />
          {how === 'reply' && (
            <button
              type="button"
              class="button"
              disabled={empty || blocked !== null}
              aria-keyshortcuts="Control+Shift+Enter"
              onClick={() => leave(true)}
            >
              {t().sendAndClose}
            </button>
          )}
          <button
            type="submit"
            class="button primary"
            disabled={empty || blocked !== null}
            aria-keyshortcuts="Control+Enter"
          >
            {how === 'reply' ? t().send : t().sendNote}
            <span class="keys" aria-hidden="true">
              <kbd>^↵</kbd>
            </span>
          </button>
        </div>
      </form>
    </div>
  )
}
