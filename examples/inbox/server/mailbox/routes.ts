import { Hono } from 'hono'
import { fieldsOf, limit, reading } from '../api/body.ts'
import { mailDocument, mailHeaders } from '../api/files.ts'
import { newsFor } from '../api/news.ts'
import { invalid, refused } from '../api/refused.ts'
import { filesOf } from '../api/upload.ts'
import { supportAddress } from '../shop.ts'
import { answerTo } from './answer.ts'
import { attachmentOf, htmlOf } from './mail.ts'
import type { Mailbox } from './mailbox.ts'

const largest = 44 * 1024 * 1024

/** The customer's side: what the engine sent, and a pen. */
export const mailboxRoutes = (mailbox: Mailbox, stopping: AbortSignal) =>
  new Hono()
    .get('/mails', (c) => {
      const box = c.req.query('box')?.toLowerCase() || undefined
      return c.json({ items: mailbox.store.list(box), boxes: mailbox.store.boxes() })
    })
    .get('/mails/:id/raw', (c) => {
      const raw = mailbox.store.raw(Number(c.req.param('id')))
      if (raw === undefined) return refused(c, { _tag: 'NotFound' })
      return c.body(new Uint8Array(raw), 200, {
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      })
    })
    .get('/mails/:id/html', async (c) => {
      const raw = mailbox.store.raw(Number(c.req.param('id')))
      if (raw === undefined) return refused(c, { _tag: 'NotFound' })
      return c.body(mailDocument(await htmlOf(raw)), 200, mailHeaders)
    })
    .get('/mails/:id/attachments/:index', async (c) => {
      const raw = mailbox.store.raw(Number(c.req.param('id')))
      const file = raw === undefined ? undefined : await attachmentOf(raw, Number(c.req.param('index')))
      if (file === undefined) return refused(c, { _tag: 'NotFound' })
      return c.body(file.bytes, 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        'x-content-type-options': 'nosniff',
      })
    })
    .post('/mails', limit(largest), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const answered = read.optionalNumber('answers')
      const letter = {
        from: { name: read.optionalText('name') ?? '', address: read.text('from') },
        subject: read.optionalText('subject') ?? '',
        text: read.text('text'),
        attachments: filesOf(fields, read).map(({ name, mime, bytes }) => ({
          filename: name,
          contentType: mime,
          content: Buffer.from(bytes),
        })),
      }
      if (!/^[^\s@]+@[^\s@]+$/.test(letter.from.address)) read.issues.push('from is not an address')
      const to = read.optionalText('to') || supportAddress
      const answers = answered === undefined ? undefined : mailbox.store.get(answered)
      if (answered !== undefined && answers === undefined) read.issues.push('answers names no mail')
      if (read.issues.length > 0) return refused(c, invalid('mail', ...read.issues))
      try {
        const sent = await mailbox.send({ to, ...letter, ...(answers === undefined ? {} : answerTo(answers)) })
        return c.json(sent, 201)
      } catch (error) {
        return refused(c, { _tag: 'CannotSend', reason: error instanceof Error ? error.message : String(error) }, 502)
      }
    })
    .get('/feed', (c) => newsFor(c, stopping, (tell) => [mailbox.on((mail) => tell('mail', mail))]))
