import { signal } from '@preact/signals'
import { as, conversationPath, type Done, type Failure, type Message, tell } from '../api.ts'
import { act } from './acts.ts'
import { draftOf, keepDraft, type Mode } from './drafts.ts'
import { addressesIn, type Extras, extrasOf, noExtras, setExtras } from './extras.ts'
import { refresh } from './list.ts'
import { catchUp, threadOf } from './thread.ts'

export interface Upload {
  readonly name: string
  readonly mime: string
  readonly size: number
  /** Base64. */
  readonly data: string
}

export interface Leaving {
  readonly key: string
  readonly conversation: string
  readonly mode: Mode
  readonly text: string
  readonly files: ReadonlyArray<Upload>
  readonly mentions: ReadonlyArray<string>
  readonly extras: Extras
  /** The newest message that the writer had before her. */
  readonly seen: number | null
  readonly thenClose: boolean
  readonly at: number
  /** The server could not be reached: it goes when the stream is back. */
  readonly waiting: boolean
}

/** What was sent here and is not confirmed. */
export const leaving = signal<ReadonlyArray<Leaving>>([])

/** Why the last message of a conversation did not leave. */
export const notice = signal<{ readonly conversation: string; readonly failure: Failure; readonly of: Leaving } | null>(
  null,
)

/** Files of a message that was refused go back to the composer with its words. */
export const returned = signal<{ readonly conversation: string; readonly files: ReadonlyArray<Upload> } | null>(null)

/** What was typed: a message also says what stands beside its words. */
const wordsIn = (parts: Message['parts']): string =>
  parts
    .flatMap((part) => (part._tag === 'Text' ? [part.text] : []))
    .join('\n')
    .trim()

/** The stream may bring a message before its own request is answered: then it has arrived, and is not shown twice. */
const arrived = (one: Leaving): boolean =>
  [...threadOf(one.conversation).messages.values()].some(
    ({ seq, direction, author, parts }) =>
      seq > (one.seen ?? 0) &&
      direction === (one.mode === 'note' ? 'note' : 'out') &&
      author.id === as &&
      wordsIn(parts) === one.text.trim(),
  )

/** What is to be shown below a thread as on its way. */
export const leavingFrom = (id: string): ReadonlyArray<Leaving> =>
  leaving.value.filter((one) => one.conversation === id && !arrived(one))

/** What was put beside the next answer meanwhile stays too. */
const added = (id: string, before: Extras): Partial<Extras> => {
  const now = extrasOf(id)
  return { parts: [...before.parts, ...now.parts], quote: before.quote ?? now.quote }
}

const drop = (key: string): void => {
  leaving.value = leaving.value.filter((one) => one.key !== key)
}

/** What only an answer to a customer has. */
const toCustomer = ({ parts, cc, replyTo }: Extras) => {
  const copies = addressesIn(cc)
  return {
    ...(parts.length === 0 ? {} : { parts }),
    ...(copies.length === 0 ? {} : { cc: copies }),
    ...(replyTo === 'account' ? {} : { replyTo }),
  }
}

const attempt = async (one: Leaving): Promise<void> => {
  const note = one.mode === 'note'
  const answer = await tell<Done>(conversationPath(one.conversation, '/messages'), {
    text: one.text,
    idempotencyKey: one.key,
    ...(one.files.length === 0 ? {} : { files: one.files }),
    ...(note ? { note: true } : toCustomer(one.extras)),
    ...(one.extras.quote === null ? {} : { quote: one.extras.quote }),
    ...(one.mentions.length === 0 ? {} : { mentions: one.mentions }),
    ...(note || one.seen === null ? {} : { expectedLastMessage: one.seen }),
  })
  if (answer.ok) {
    await catchUp(one.conversation)
    drop(one.key)
    if (one.thenClose) await act('close', one.conversation)
    else await refresh()
    return
  }
  if (answer.failure._tag === 'Network') {
    leaving.value = leaving.value.map((other) => (other.key === one.key ? { ...other, waiting: true } : other))
    return
  }
  drop(one.key)
  const typed = draftOf(one.conversation, one.mode)
  keepDraft(one.conversation, one.mode, [one.text, typed].filter(Boolean).join('\n'))
  returned.value = { conversation: one.conversation, files: one.files }
  setExtras(
    one.conversation,
    one.mode === 'note' ? { quote: one.extras.quote } : { ...one.extras, ...added(one.conversation, one.extras) },
  )
  notice.value = { conversation: one.conversation, failure: answer.failure, of: one }
  await Promise.all([catchUp(one.conversation), refresh()])
}

export const newestMessage = (id: string): number | null => {
  const seqs = [...threadOf(id).messages.keys()]
  return seqs.length === 0 ? null : Math.max(...seqs)
}

export const send = (message: Omit<Leaving, 'key' | 'at' | 'waiting'>): void => {
  const one: Leaving = { ...message, key: crypto.randomUUID(), at: Date.now(), waiting: false }
  if (notice.value?.conversation === one.conversation) notice.value = null
  leaving.value = [...leaving.value, one]
  keepDraft(one.conversation, one.mode, '')
  setExtras(one.conversation, one.mode === 'note' ? { quote: null } : noExtras)
  void attempt(one)
}

/** The stream is back: what could not leave goes now, with the same key, so never twice. */
export const resend = async (): Promise<void> => {
  for (const one of leaving.value.filter(({ waiting }) => waiting)) {
    leaving.value = leaving.value.map((other) => (other.key === one.key ? { ...other, waiting: false } : other))
    await attempt(one)
  }
}
