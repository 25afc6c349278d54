import { address, as, type Message } from '../api.ts'
import { call } from '../engine.ts'
import { w } from '../words/writing/w.ts'
import { t } from '../words/t.ts'
import { explain } from './acts.ts'
import { mode, write } from './composer.ts'
import { draftOf, keepDraft } from './drafts.ts'
import { extrasOf, noExtras, setExtras } from './extras.ts'
import { refresh } from './list.ts'
import { newestMessage, returned, send, type Upload } from './outbox.ts'
import { editing } from './messages.ts'
import { catchUp, open } from './thread.ts'
import { toast } from './toasts.ts'

const after = async (id: string): Promise<void> => {
  await Promise.all([catchUp(id), refresh()])
}

const refused = (failure: { readonly _tag: string }, id: string): false => {
  toast(explain(failure, id), { tone: 'refused' })
  return false
}

const react = async (id: string, message: number, emoji: string | null): Promise<void> => {
  const answer = await call('conversations.react', id, { message, emoji })
  if (!answer.ok) refused(answer.failure, id)
  await after(id)
}

/** Puts a sign beside a message, or takes it back when it stands there. */
export const toggleReaction = (id: string, { seq, reactions }: Message, emoji: string): Promise<void> =>
  react(id, seq, reactions.some((one) => one.emoji === emoji && one.by.id === as) ? null : emoji)

/** What the customer could not be told of is told once more. */
export const reactAgain = (id: string, { seq }: Message, emoji: string): Promise<void> => react(id, seq, emoji)

export const quote = (id: string, seq: number): void => {
  setExtras(id, { quote: seq })
  write(mode.value)
}

export const saveEdit = async (id: string, message: number, text: string): Promise<boolean> => {
  const answer = await call('conversations.edit', id, { message, text })
  if (!answer.ok) return refused(answer.failure, id)
  editing.value = null
  await after(id)
  return true
}

export const deleteMessage = async (id: string, message: number): Promise<void> => {
  const answer = await call('conversations.deleteMessage', id, { message })
  if (!answer.ok) refused(answer.failure, id)
  else toast(w().messageDeleted)
  await after(id)
}

/** A message becomes a conversation of its own, alone or with what came after it; the old one stays open. */
export const split = async (id: string, message: number, following: boolean): Promise<void> => {
  const answer = await call('conversations.split', id, { message, following, close: false })
  if (!answer.ok) {
    refused(answer.failure, id)
    return
  }
  await after(id)
  await open(answer.value.conversation.id)
  toast(w().splitDone)
}

export const copyText = async (text: string): Promise<void> => {
  await navigator.clipboard.writeText(text)
  toast(t().copied)
}

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

const uploadsOf = (message: Message): Promise<ReadonlyArray<Upload>> =>
  Promise.all(
    message.files.map(async ({ url, name, mime, size }) => {
      const response = await fetch(address(url))
      return { name, mime, size, data: base64(new Uint8Array(await response.arrayBuffer())) }
    }),
  )

const richOf = (message: Message) =>
  message.parts.flatMap((part) => (part._tag === 'Text' || part._tag === 'Html' || part._tag === 'File' ? [] : [part]))

const wordsOf = (message: Message): string =>
  message.parts.flatMap((part) => (part._tag === 'Text' ? [part.text] : [])).join('\n')

/** What did not get through goes back to the composer, to be mended and sent as a new message. */
export const mend = async (id: string, message: Message): Promise<void> => {
  const typed = draftOf(id, 'reply')
  keepDraft(id, 'reply', [wordsOf(message), typed].filter(Boolean).join('\n'))
  setExtras(id, {
    parts: richOf(message),
    quote: message.quote,
    cc: message.cc.length > 0 ? message.cc.join(', ') : extrasOf(id).cc,
  })
  write('reply')
  returned.value = { conversation: id, files: await uploadsOf(message) }
}

/** The same once more, as a new message: the failed one stays as it is. */
export const sendAgain = async (id: string, message: Message): Promise<void> => {
  const files = await uploadsOf(message)
  const draft = draftOf(id, 'reply')
  const extras = extrasOf(id)
  send({
    conversation: id,
    mode: 'reply',
    text: wordsOf(message),
    files,
    mentions: message.mentions,
    extras: { ...noExtras, parts: richOf(message), quote: message.quote, cc: message.cc.join(', ') || null },
    seen: newestMessage(id),
    thenClose: false,
  })
  // What was being written meanwhile is none of its business.
  keepDraft(id, 'reply', draft)
  setExtras(id, extras)
}
