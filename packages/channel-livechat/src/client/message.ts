import type { MessageBody } from '../protocol/frames.ts'
import type { Outgoing } from './outbox.ts'
import type { ChatMessage } from './types.ts'

/** What is not stored yet, as it is shown. */
export const waiting = (one: Outgoing): ChatMessage => ({
  id: one.id,
  from: 'visitor',
  author: null,
  text: one.text,
  files: one.files,
  at: one.at,
  ...(one.error ? { state: 'failed', error: one.error } : { state: 'sending' }),
})

/** What the server has, as it is shown. */
export const messageOf = (body: MessageBody, base: string): ChatMessage => ({
  id: body.clientId ?? `m${body.seq}`,
  seq: body.seq,
  from: body.from,
  author: body.author,
  text: body.text,
  files: body.files.map(({ id, key, ...file }) => ({ ...file, url: `${base}/files/${id}?k=${key}` })),
  at: body.at,
  state: body.from === 'agent' ? 'delivered' : 'sent',
  ...(body.edited ? { edited: true } : {}),
  ...(body.deleted ? { deleted: true } : {}),
})
