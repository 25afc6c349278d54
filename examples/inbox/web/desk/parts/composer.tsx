import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { now } from '../../shared/time.ts'
import { conversationPath, type Summary, tell } from '../api.ts'
import { mode } from '../state/composer.ts'
import { displayName } from '../state/conversations.ts'
import { draftOf, fetchDraft, keepDraft } from '../state/drafts.ts'
import { extrasOf, noExtras } from '../state/extras.ts'
import { mentionsIn } from '../state/mentions.ts'
import { newestMessage, notice, returned, send, type Upload } from '../state/outbox.ts'
import { threadOf } from '../state/thread.ts'
import { toast } from '../state/toasts.ts'
import { firstName } from '../state/workspace.ts'
import { barred, closing } from '../words/sending.ts'
import { t } from '../words/t.ts'
import { later } from './later.tsx'
import { Foot } from './writing/foot.tsx'
import { Signature } from './writing/signature.tsx'
import type { Suggesting } from './writing/suggestions.tsx'

const soon = { soon: true }
const rarely = () => import('./writing/rarely.ts')
const Accompanying = later(() => rarely().then((it) => it.Accompanying), soon)
const Addresses = later(() => rarely().then((it) => it.Addresses), soon)
const Files = later(() => rarely().then((it) => it.Files), soon)
const Refused = later(() => rarely().then((it) => it.Refused), soon)
const ScheduledList = later(() => rarely().then((it) => it.ScheduledList), soon)
const Suggestions = later(() => rarely().then((it) => it.Suggestions), soon)
const WaysOut = later(() => rarely().then((it) => it.WaysOut), soon)

const maxFiles = 3
/** How often a colleague or a customer is told that somebody types, in milliseconds. */
const typingEvery = 3000

/** Why nothing can be answered here now, or nothing. */
const closedTo = (current: Summary): string | null => {
  if (current.status === 'spam') return t().cannotReply_spam
  if (current.status === 'archived') return t().cannotReply_archived
  return barred(threadOf(current.id).canSend, now.value)
}

export const Composer = ({ current }: { readonly current: Summary }) => {
  const { id } = current
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const lastTyping = useRef(0)
  const shown = useRef(id)
  const [files, setFiles] = useState<ReadonlyArray<Upload>>([])
  const [problem, setProblem] = useState<string | null>(null)
  // Colleagues among themselves only ever write notes.
  const inside = current.channel === 'internal'
  const how = inside ? 'note' : mode.value
  const text = draftOf(id, how)
  const extras = extrasOf(id)
  const blocked = how === 'reply' ? closedTo(current) : null
  const soonClosed = closing(threadOf(id).canSend, now.value)
  const suggesting = useRef<Suggesting | null>(null)
  const [suggested, setSuggested] = useState<string | undefined>()

  // Before anybody sees the next conversation: what is put here from then on is put there.
  useLayoutEffect(() => {
    shown.current = id
    lastTyping.current = 0
    setFiles([])
    setProblem(null)
  }, [id])
  useEffect(() => {
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
    const code = await rarely().catch(() => null)
    if (code === null) return toast(t().no_network, { tone: 'refused' })
    const uploads = await Promise.all(chosen.slice(0, room).map(code.readUpload))
    // Whoever has gone elsewhere meanwhile hands them to nobody there.
    if (shown.current !== id) return
    setFiles((before) => [...before, ...uploads].slice(0, maxFiles))
  }

  const empty = text.trim() === '' && files.length === 0 && (how === 'note' || extras.parts.length === 0)

  const leave = async (thenClose: boolean) => {
    if (empty || blocked !== null) return
    // A command that is sent with the key for sending is still a command: no customer reads `/rename`.
    if (text.startsWith('/')) {
      const slash = await import('../state/slash.ts').catch(() => null)
      if (slash === null) return toast(t().no_network, { tone: 'refused' })
      if (slash.slashCommands.value.length === 0) await slash.loadSlash()
      // It was sent already, or is being written on.
      if (draftOf(id, how) !== text) return
      if (slash.slashIn(text) !== undefined) return slash.runSlash(id, how, text)
    }
    send({
      conversation: id,
      mode: how,
      text,
      files,
      mentions: mentionsIn(text),
      extras: how === 'note' ? { ...noExtras, quote: extras.quote } : extras,
      seen: newestMessage(id),
      thenClose: thenClose && how === 'reply',
    })
    setFiles([])
    if (how === 'note') mode.value = 'reply'
    area.current?.focus()
  }

  const onInput = (element: HTMLTextAreaElement) => {
    keepDraft(id, how, element.value)
    suggesting.current?.onInput()
    if (Date.now() - lastTyping.current < typingEvery) return
    lastTyping.current = Date.now()
    // A note is nothing that the customer should see coming.
    if (how === 'reply') void tell(conversationPath(id, '/typing'), { on: true })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (suggesting.current?.onKey(event)) return
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    void leave(event.shiftKey)
  }

  return (
    <div class="composer-box">
      {(threadOf(id).full?.scheduled.length ?? 0) > 0 && <ScheduledList id={id} />}
      {notice.value?.conversation === id && <Refused current={current} />}
      <form
        class={`composer ${how}`}
        onSubmit={(event) => {
          event.preventDefault()
          void leave(false)
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void add([...(event.dataTransfer?.files ?? [])])
        }}
      >
        <div class="composer-modes" role="group" aria-label={t().composer}>
          {(inside ? (['note'] as const) : (['reply', 'note'] as const)).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={how === one}
              aria-keyshortcuts={one === 'reply' ? 'r' : 'n'}
              onClick={() => (mode.value = one)}
            >
              {one === 'reply' ? t().reply : inside ? t().colleagues : t().note}
            </button>
          ))}
        </div>
        {how === 'reply' && current.channel === 'email' && (extras.cc !== null || extras.replyTo !== 'account') && (
          <Addresses current={current} />
        )}
        {/^\/|[@:]/.test(text) && (
          <Suggestions current={current} mode={how} area={area} field={suggesting} onActive={setSuggested} />
        )}
        <textarea
          id="composer"
          ref={area}
          rows={3}
          value={text}
          disabled={blocked !== null}
          aria-label={t().composer}
          aria-autocomplete="list"
          aria-controls={suggested === undefined ? undefined : 'suggestions'}
          aria-activedescendant={suggested}
          placeholder={
            blocked ??
            (how === 'reply' ? t().replyTo(firstName(displayName(current))) : inside ? t().insideHint : t().noteHint)
          }
          onInput={(event) => onInput(event.currentTarget)}
          onSelect={() => suggesting.current?.onSelect()}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length > 0) {
              event.preventDefault()
              void add(pasted)
            }
          }}
        />
        {blocked !== null && <WaysOut current={current} />}
        {(extras.quote !== null || (how === 'reply' && extras.parts.length > 0)) && (
          <Accompanying id={id} note={how === 'note'} />
        )}
        {files.length > 0 && <Files files={files} remove={(file) => setFiles(files.filter((one) => one !== file))} />}
        {how === 'reply' && <Signature current={current} />}
        {how === 'reply' && soonClosed !== null && <p class="aside">{soonClosed}</p>}
        {problem !== null && (
          <p class="aside warn" role="status">
            {problem}
          </p>
        )}
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
        <Foot
          current={current}
          mode={how}
          empty={empty}
          blocked={blocked !== null}
          mayAttach={files.length < maxFiles}
          withFiles={files.length > 0}
          attach={() => picker.current?.click()}
          sendAndClose={() => void leave(true)}
        />
      </form>
    </div>
  )
}
