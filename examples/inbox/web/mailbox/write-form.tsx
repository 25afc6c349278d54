import { useState } from 'preact/hooks'
import type { Mail } from '../../server/mailbox/mail.ts'
import { readFile } from '../shared/read-file.ts'
import { box, type Draft, send, writing } from './mails.ts'
import { t } from './words.ts'

const support = 'support@guichet.test'

const answerSubject = (subject: string): string => (/^re\s*:/i.test(subject) ? subject : `Re: ${subject}`)

const beginning = (answers: Mail | null): Draft => ({
  name: '',
  from: answers?.box ?? box.value ?? 'claire.martin@exemple.fr',
  to: answers === null ? support : answers.direction === 'sent' ? support : answers.from.address,
  subject: answers === null ? '' : answerSubject(answers.subject),
  text: '',
  files: [],
})

export const WriteForm = ({ answers }: { readonly answers: Mail | null }) => {
  const [draft, setDraft] = useState<Draft>(() => beginning(answers))
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const field = (name: 'name' | 'from' | 'subject', label: string) => (
    <label class="field">
      <span>{label}</span>
      <input
        name={name}
        inputMode={name === 'from' ? 'email' : 'text'}
        required={name === 'from'}
        value={draft[name]}
        onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      />
    </label>
  )
  return (
    <form
      class="write"
      aria-label={answers === null ? t().write : t().reply}
      onSubmit={async (event) => {
        event.preventDefault()
        setBusy(true)
        setProblem(await send(draft, answers))
        setBusy(false)
      }}
    >
      <h2>{answers === null ? t().write : t().reply}</h2>
      <div class="pair">
        {field('from', t().from)}
        {answers === null && field('name', t().name)}
      </div>
      <p class="fixed">
        <span>{t().to}</span> {draft.to}
      </p>
      {field('subject', t().subject)}
      <label class="field">
        <span>{t().message}</span>
        <textarea
          name="text"
          rows={9}
          required
          value={draft.text}
          onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        <span>{t().attach}</span>
        <input
          type="file"
          multiple
          onChange={async (event) =>
            setDraft({ ...draft, files: await Promise.all([...(event.currentTarget.files ?? [])].map(readFile)) })
          }
        />
      </label>
      {problem !== null && (
        <p class="problem" role="alert">
          {t().refused(problem)}
        </p>
      )}
      <div class="foot">
        <button type="button" class="button" onClick={() => (writing.value = null)}>
          {t().cancel}
        </button>
        <button type="submit" class="button primary" disabled={busy}>
          {t().send}
        </button>
      </div>
    </form>
  )
}
