import { Hono } from 'hono'
import { fieldsOf, limit, present, reading, type Reading } from '../api/body.ts'
import { newsFor } from '../api/news.ts'
import { cannotSend, invalid, refused } from '../api/refused.ts'
import { filesOf } from '../api/upload.ts'
import type { Stage } from '../stage.ts'
import { isLine, type Line, numberOf } from './message.ts'
import type { Phone } from './phone.ts'

const largest = 24 * 1024 * 1024
const small = 4096

/** Pictures that a browser may show in place; anything else is only ever saved. */
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

const lineIn = (read: Reading): Line => {
  const line = read.text('line')
  if (isLine(line)) return line
  read.issues.push('line: sms, whatsapp or messenger')
  return 'sms'
}

const phoneIn = (read: Reading): string => {
  const phone = numberOf(read.text('phone'))
  if (phone === undefined) read.issues.push('phone: a number with its country, such as +33639981234')
  return phone ?? ''
}

/** The customer's side: what arrived on the telephones, and what is done with them. */
export const phoneRoutes = (phone: Phone, stage: Stage, stopping: AbortSignal) =>
  new Hono()
    .get('/messages', (c) => c.json({ items: phone.store.list(), people: phone.store.people(), scene: stage.scene() }))
    .post('/messages', limit(largest), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const files = filesOf(fields, read)
      const draft = present({
        line: lineIn(read),
        phone: phoneIn(read),
        name: read.optionalText('name'),
        text: read.optionalText('text') ?? '',
        file: files[0],
        quotes: read.optionalText('quotes'),
        choice: read.optionalText('choice'),
      })
      if (files.length > 1) read.issues.push('files: one at most')
      if (draft.text === '' && files.length === 0) read.issues.push('text: something to say, or a file')
      if (read.issues.length > 0) return refused(c, invalid('message', ...read.issues))
      return phone.send(draft).then(
        (message) => c.json(message, 201),
        (error: unknown) => refused(c, cannotSend(error), 502),
      )
    })
    .post('/seen', limit(small), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const [line, number] = [lineIn(read), phoneIn(read)]
      if (read.issues.length > 0) return refused(c, invalid('seen', ...read.issues))
      return phone.see(line, number).then(
        () => c.json({}),
        (error: unknown) => refused(c, cannotSend(error), 502),
      )
    })
    .post('/reactions', limit(small), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const [externalId, emoji] = [read.text('message'), read.textOrNull('emoji')]
      if (read.issues.length > 0) return refused(c, invalid('reaction', ...read.issues))
      return phone.react(externalId, emoji).then(
        (message) => (message === undefined ? refused(c, { _tag: 'NotFound' }) : c.json(message)),
        (error: unknown) => refused(c, cannotSend(error), 502),
      )
    })
    .post('/elsewhere', limit(small), async (c) => {
      const fields = await fieldsOf(c)
      if (fields === undefined) return refused(c, { _tag: 'BadJson' })
      const read = reading(fields)
      const [line, number] = [lineIn(read), phoneIn(read)]
      if (read.issues.length > 0) return refused(c, invalid('elsewhere', ...read.issues))
      return phone.takeElsewhere(line, number).then(
        (done) => (done ? c.json({}) : refused(c, { _tag: 'NotFound' })),
        (error: unknown) => refused(c, cannotSend(error), 502),
      )
    })
    .get('/files/:id', (c) => {
      const found = phone.store.file(c.req.param('id'))
      if (found === undefined) return refused(c, { _tag: 'NotFound' })
      const { name, mime } = found.file
      const inline = shown.has(mime)
      return c.body(new Uint8Array(found.bytes), 200, {
        'content-type': inline ? mime : 'application/octet-stream',
        'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
      })
    })
    .get('/feed', (c) =>
      newsFor(c, stopping, (tell) => [
        phone.on((message) => tell('message', message)),
        stage.on((scene) => tell('scene', scene)),
      ]),
    )
