import type { ClientFrame, MessageBody } from '../protocol/frames.ts'
import type { AnswerFrame } from '../protocol/parts.ts'
import { uuid } from './environment.ts'
import type { Outgoing } from './outbox.ts'
import type { ChatMessage } from './types.ts'

/** What is on its way from now on. */
export const outgoing = (
  text: string,
  files: ReadonlyArray<File>,
  answer: AnswerFrame | undefined,
  maxTextLength: number,
): Outgoing => ({
  id: uuid(),
  text,
  at: Date.now(),
  files: files.map(({ name, type, size }) => ({ name, mime: type, size })),
  uploads: [],
  blobs: files,
  ...(answer && { answer }),
  ...(text.length > maxTextLength ? { error: 'too_long' } : {}),
})

/** What goes to the server; an answer says everything by itself. */
export const frameOf = ({ id, text, uploads, answer }: Outgoing): ClientFrame => ({
  type: 'send',
  clientId: id,
  text: answer ? '' : text,
  files: uploads,
  ...(answer && { answer }),
})

/** What is not stored yet, as it is shown. */
export const waiting = (one: Outgoing): ChatMessage => ({
  id: one.id,
  from: 'visitor',
  author: null,
  text: one.text,
  files: one.files,
  ...(one.answer && { parts: [one.answer] }),
  at: one.at,
  ...(one.error ? { state: 'failed', error: one.error } : { state: 'sending' }),
  ...(one.issues && { issues: one.issues }),
})

/** What the server has, as it is shown. */
export const messageOf = (body: MessageBody, base: string): ChatMessage => ({
  id: body.clientId ?? `m${body.seq}`,
  seq: body.seq,
  from: body.from,
  author: body.author,
  text: body.text,
  files: body.files.map(({ id, key, ...file }) => ({ ...file, url: `${base}/files/${id}?k=${key}` })),
  ...(body.parts && { parts: body.parts }),
  at: body.at,
  state: body.from === 'agent' ? 'delivered' : 'sent',
  ...(body.edited ? { edited: true } : {}),
  ...(body.deleted ? { deleted: true } : {}),
})
