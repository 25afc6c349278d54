import type { AgentSession } from '@guichet/engine'
import type { Part } from '@guichet/engine/domain'
import type { Context } from 'hono'
import { refused } from './refused.ts'

/** Pictures that a browser may show in place; anything else is only ever saved. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'])

/** What a stranger sent runs nothing and fetches nothing, wherever it is opened. */
const caged =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox allow-same-origin allow-popups"

export const file = async (
  c: Context,
  session: AgentSession,
  conversation: string,
  blob: string,
): Promise<Response> => {
  const found = await session.conversations.file(conversation, blob)
  if (!found.ok) return refused(c, found.refusal)
  const { file: ref, bytes } = found.value
  const inline = shown.has(ref.mime)
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': inline ? ref.mime : 'application/octet-stream',
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(ref.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
  })
}

const withPictures = (html: string, parts: ReadonlyArray<Part>, address: (blob: string) => string): string => {
  const files = parts.flatMap((part) => (part._tag === 'File' ? [part.file] : []))
  return html.replaceAll(/(["'])cid:([^"']+)\1/gi, (whole, quote: string, id: string) => {
    const picture = files.find((one) => one.contentId === decodeURIComponent(id))
    return picture === undefined ? whole : `${quote}${address(picture.blob)}${quote}`
  })
}

/** The HTML of a mail as a page of its own, for a frame without scripts. It was sanitised on its way in. */
export const mailPage = async (
  c: Context,
  session: AgentSession,
  conversation: string,
  seq: number,
): Promise<Response> => {
  const found = await session.conversations.timeline(conversation, { after: seq - 1, limit: 1 })
  if (!found.ok) return refused(c, found.refusal)
  const message = found.value.messages.find((one) => one.seq === seq)
  const html = message?.parts.flatMap((part) => (part._tag === 'Html' ? [part.html] : [])).join('\n') ?? ''
  if (message === undefined || html === '') return refused(c, { _tag: 'UnknownMessage', message: seq })
  const as = encodeURIComponent(session.agent)
  const address = (blob: string) =>
    `/api/files/${encodeURIComponent(conversation)}/${encodeURIComponent(blob)}?as=${as}`
  return c.body(mailDocument(withPictures(html, message.parts, address)), 200, mailHeaders)
}

export const mailHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': caged,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export const mailDocument = (html: string): string =>
  `<!doctype html><html lang="und"><head><meta charset="utf-8"><title>Mail</title><base target="_blank"><style>body{margin:12px;font:14px/1.5 system-ui,sans-serif;color:#1b1c1e;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style></head><body>${html}</body></html>`
