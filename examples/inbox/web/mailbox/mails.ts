import { computed, signal } from '@preact/signals'
import type { Mail } from '../../server/mailbox/mail.ts'
import type { SentFile } from '../shared/read-file.ts'

const query = new URLSearchParams(location.search)

export const mails = signal<ReadonlyArray<Mail>>([])
export const boxes = signal<ReadonlyArray<string>>([])
export const box = signal<string | null>(query.get('box'))
export const chosen = signal<number | null>(null)
/** What is being written: a new mail, an answer to one, or nothing. */
export const writing = signal<{ readonly answers: Mail | null } | null>(null)

export const shown = computed(() => mails.value.filter((mail) => box.value === null || mail.box === box.value))
export const opened = computed(() => mails.value.find(({ id }) => id === chosen.value) ?? null)

/** Adds to what is here: a mail may arrive before the answer that does not know it yet. */
const learn = (some: ReadonlyArray<Mail>, of: ReadonlyArray<string>): void => {
  const all = new Map([...mails.value, ...some].map((mail) => [mail.id, mail]))
  mails.value = [...all.values()].sort((a, b) => b.date - a.date || b.id - a.id)
  boxes.value = [...new Set([...of, ...boxes.value])]
}

export const load = async (): Promise<void> => {
  const response = await fetch('/api/mailbox/mails')
  const page = (await response.json()) as { readonly items: ReadonlyArray<Mail>; readonly boxes: ReadonlyArray<string> }
  learn(page.items, page.boxes)
}

/** New mails as they come; after a break the browser connects again, and everything is read once more. */
export const follow = (): void => {
  const source = new EventSource('/api/mailbox/feed')
  source.addEventListener('ready', () => void load())
  source.addEventListener('mail', (event: MessageEvent<string>) => {
    const mail = JSON.parse(event.data) as Mail
    learn([mail], [mail.box])
  })
}

export interface Draft {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly files: ReadonlyArray<SentFile>
}

/** Sends by real SMTP; answers with what the server said when it would not have it. */
export const send = async (draft: Draft, answers: Mail | null): Promise<string | null> => {
  try {
    const response = await fetch('/api/mailbox/mails', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answers === null ? draft : { ...draft, answers: answers.id }),
    })
    const body = (await response.json()) as
      | Mail
      | { readonly error: { readonly _tag: string; readonly reason?: string } }
    if ('error' in body) return body.error.reason ?? body.error._tag
    learn([body], [body.box])
    writing.value = null
    chosen.value = body.id
    return null
  } catch {
    return 'Network'
  }
}
