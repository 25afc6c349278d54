import { useRef, useState } from 'preact/hooks'
import { Icon } from '../shared/icon.tsx'
import { readFile, type SentFile } from '../shared/read-file.ts'
import { gist } from './bubble.tsx'
import { quoting, type Said, send } from './telephone.ts'
import { t } from './words.ts'

export const WriteForm = () => {
  const [text, setText] = useState('')
  const [file, setFile] = useState<SentFile | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const quoted = quoting.value
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (text.trim() === '' && file === null) return
    const said: Said = {
      text: text.trim(),
      ...(file === null ? {} : { files: [file] }),
      ...(quoted === null ? {} : { quotes: quoted.externalId }),
    }
    // What was typed meanwhile stays: the field is emptied at once, and filled again when it was not taken.
    setText('')
    setFile(null)
    quoting.value = null
    const refused = await send(said)
    setProblem(refused)
    if (refused !== null) setText((typed) => typed || said.text)
  }
  return (
    <form class="pen" aria-label={t().write} onSubmit={(event) => void submit(event)}>
      {problem !== null && (
        <p class="problem" role="alert">
          {t().refused(problem)}
        </p>
      )}
      {quoted !== null && (
        <p class="with">
          <Icon name="reply" size={14} />
          <span class="grow cut">{gist(quoted)}</span>
          <button
            type="button"
            class="icon-button small"
            aria-label={t().noQuote}
            onClick={() => (quoting.value = null)}
          >
            <Icon name="close" size={14} />
          </button>
        </p>
      )}
      {file !== null && (
        <p class="with">
          <Icon name="paperclip" size={14} />
          <span class="grow cut">{file.name}</span>
          <button type="button" class="icon-button small" aria-label={t().detach} onClick={() => setFile(null)}>
            <Icon name="close" size={14} />
          </button>
        </p>
      )}
      <div class="typed">
        <button
          type="button"
          class="icon-button round"
          aria-label={t().attach}
          title={t().attach}
          onClick={() => input.current?.click()}
        >
          <Icon name="paperclip" size={18} />
        </button>
        <input
          ref={input}
          type="file"
          hidden
          onChange={async (event) => {
            const [chosen] = event.currentTarget.files ?? []
            if (chosen !== undefined) setFile(await readFile(chosen))
          }}
        />
        <input
          id="text"
          class="text"
          aria-label={t().write}
          placeholder={t().write}
          autoComplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="icon-button round go" aria-label={t().send} title={t().send}>
          <Icon name="back" size={18} />
        </button>
      </div>
    </form>
  )
}
