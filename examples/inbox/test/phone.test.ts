import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Line, PhoneMessage } from '../server/phone/message.ts'
import { type TestInbox, testInbox } from './inbox.ts'
import { until } from './until.ts'

/** A picture of one pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const picture = { name: 'bougie.png', mime: 'image/png', data: pixel }

describe('the customer’s telephone', () => {
  let inbox: TestInbox
  beforeAll(async () => {
    inbox = await testInbox()
  })
  afterAll(() => inbox.stop())

  const write = async (line: Line, phone: string, said: object): Promise<PhoneMessage> => {
    const { status, body } = await inbox.post('/api/phone/messages', { line, phone, ...said })
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }
  const on = async (phone: string, line: Line): Promise<ReadonlyArray<PhoneMessage>> =>
    (await inbox.get('/api/phone/messages')).body.items.filter(
      (one: PhoneMessage) => one.phone === phone && one.line === line,
    )
  const arrived = (phone: string, line: Line, text: string): Promise<PhoneMessage> =>
    until(async () => (await on(phone, line)).find((one) => one.direction === 'received' && one.text.includes(text)))
  const answer = async (id: string, said: object) => inbox.post(`/api/conversations/${id}/messages?as=ana`, said)
  const messagesOf = async (id: string): Promise<ReadonlyArray<any>> =>
    // WhatsApp counts in whole seconds, so that an answer within the second is shown before what it answers.
    (await inbox.get(`/api/conversations/${id}/messages?as=ana`)).body.items.sort((a: any, b: any) => a.seq - b.seq)
  const delivery = (id: string, text: string, is: (found: any) => boolean) =>
    until(async () => {
      const found = (await messagesOf(id)).find((one) => one.direction === 'out' && one.text.includes(text))
      return found !== undefined && is(found.delivery) ? found.delivery : undefined
    })

  const lines = [
    ['sms', '+33639980101', 'sms-twilio'],
    ['whatsapp', '+33639980102', 'whatsapp'],
    ['messenger', '+33639980103', 'messenger'],
  ] as const
  for (const [line, phone, channel] of lines) {
    it(`${line}: what is written becomes a conversation, the answer arrives, and the agent sees that it did`, async () => {
      const sent = await write(line, phone, { name: 'Claire Martin', text: 'Où est ma commande ?' })
      expect(sent.status).toBe('delivered')
      const conversation = await inbox.newest()
      expect(conversation).toMatchObject({ channel, account: line, preview: 'Où est ma commande ?' })

      await answer(conversation.id, { text: 'Elle part ce soir.' })
      const { text } = await arrived(phone, line, 'Elle part ce soir')
      expect(text).toBe('Elle part ce soir.')
      await delivery(conversation.id, 'Elle part ce soir', ({ status }) => status === 'delivered')

      await inbox.post('/api/phone/seen', { line, phone })
      expect((await arrived(phone, line, 'Elle part')).status).toBe('read')
      // Text messages are seen without anybody hearing of it.
      if (line !== 'sms') await delivery(conversation.id, 'Elle part ce soir', ({ status }) => status === 'read')

      await write(line, phone, { text: 'Merci !' })
      expect((await messagesOf(conversation.id)).map((one) => [one.direction, one.text])).toEqual([
        ['in', 'Où est ma commande ?'],
        ['out', 'Elle part ce soir.'],
        ['in', 'Merci !'],
      ])
    })

    it(`${line}: pictures go both ways`, async () => {
      await write(line, phone, { text: 'La voici', files: [picture] })
      const { id } = await inbox.newest()
      const url = await until(async () => {
        const [file] = (await messagesOf(id)).flatMap((one) => (one.direction === 'in' ? one.files : []))
        return file === undefined || file.missing !== undefined ? undefined : file.url
      })
      const bytes = Buffer.from(await (await fetch(`${inbox.url}${url}?as=ana`)).arrayBuffer())
      expect(bytes.toString('base64')).toBe(pixel)

      await answer(id, { text: 'Comme celle-ci ?', files: [picture] })
      const file = await until(
        async () =>
          (await on(phone, line)).findLast((one) => one.direction === 'received' && one.files.length > 0)?.files[0],
      )
      expect(file.mime).toBe('image/png')
      const got = await fetch(`${inbox.url}/api/phone/files/${file.id}`)
      expect(Buffer.from(await got.arrayBuffer()).toString('base64')).toBe(pixel)
    })

    it(`${line}: an answer waits while the provider is out of order, and leaves when it is back`, async () => {
      const { id } = await inbox.newest()
      expect((await inbox.post('/api/provider', { [line]: false })).body[line]).toBe(false)
      await answer(id, { text: 'Encore un instant.' })
      await until(async () => ((await inbox.get('/api/upcoming')).body.items.length > 0 ? true : undefined))
      expect((await on(phone, line)).some((one) => one.text === 'Encore un instant.')).toBe(false)
      await inbox.post('/api/provider', { [line]: true })
      await inbox.post('/api/clock', { advanceMs: 60_000 })
      await arrived(phone, line, 'Encore un instant.')
    })
  }

  for (const [line, phone] of [
    ['whatsapp', '+33639980107'],
    ['messenger', '+33639980108'],
  ] as const)
    it(`${line}: what is tapped is what was offered, and a sign stands beside a message until it is taken back`, async () => {
      await write(line, phone, { text: 'Une bougie, s’il vous plaît' })
      const { id } = await inbox.newest()
      const choices = [
        { id: 'size/s', label: 'Petite' },
        { id: 'size/l', label: 'Grande' },
      ]
      const { conversations } = inbox.engine.workspace('shop').as('ana')
      const asked = await conversations.reply(id, { text: 'Laquelle ?', parts: [{ _tag: 'Choices', choices }] })
      expect(asked.ok).toBe(true)
      const got = await arrived(phone, line, 'Laquelle ?')
      expect(got.offer?.choices).toEqual(choices)
      await write(line, phone, { text: 'Grande', choice: 'size/l', quotes: got.externalId })
      const tapped = (await messagesOf(id)).at(-1)
      expect(tapped.parts).toContainEqual({ _tag: 'Chosen', choice: 'size/l', label: 'Grande' })

      const signs = async (emoji: string | null) => {
        await inbox.post('/api/phone/reactions', { message: got.externalId, emoji })
        const [offered] = (await messagesOf(id)).filter((one) => one.direction === 'out')
        return offered.reactions.map((one: any) => one.emoji)
      }
      expect(await signs('👍')).toEqual(['👍'])
      expect(await signs(null)).toEqual([])
    })

  it('messenger: what another application has is answered by nobody else', async () => {
    const phone = '+33639980109'
    expect((await inbox.post('/api/phone/elsewhere', { line: 'messenger', phone })).status).toBe(404)
    await write('messenger', phone, { text: 'Bonsoir' })
    const { id, contact } = await inbox.newest()
    const accounts = await inbox.engine.workspace('shop').accounts.list()
    const { settings } = accounts.find((one) => one.id === 'messenger') ?? {}
    const { page, token } = settings as Record<string, string>
    const send = async (text: string) => {
      const response = await fetch(`${inbox.url}/v25.0/${page}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ recipient: { id: contact.address }, messaging_type: 'RESPONSE', message: { text } }),
      })
      return { status: response.status, body: (await response.json()) as unknown }
    }
    expect(await send('Oui ?')).toMatchObject({ status: 200 })
    expect((await inbox.post('/api/phone/elsewhere', { line: 'messenger', phone })).status).toBe(200)
    expect(await send('Encore ?')).toMatchObject({ status: 400, body: { error: { code: 10, error_subcode: 2018300 } } })
    expect((await answer(id, { text: 'Toujours ?' })).body.error).toEqual({ _tag: 'CannotSend', reason: 'elsewhere' })
    await write('messenger', phone, { text: 'Il y a quelqu’un ?' })
    expect((await messagesOf(id)).at(-1).text).toBe('Il y a quelqu’un ?')

    await inbox.post(`/api/conversations/${id}/takeControl?as=ana`, {})
    await until(async () =>
      (await inbox.get(`/api/conversations/${id}?as=ana`)).body.state.elsewhere === null ? true : undefined,
    )
    await answer(id, { text: 'Nous voilà.' })
    await arrived(phone, 'messenger', 'Nous voilà.')
  })

  it('sms: what only one application can have is passed to no other', async () => {
    const { status } = await inbox.post('/api/phone/elsewhere', { line: 'sms', phone: '+33639980101' })
    expect(status).toBe(404)
  })

  it('sms: after STOP nothing leaves, until START', async () => {
    const phone = '+33639980104'
    await write('sms', phone, { text: 'Bonjour' })
    const { id } = await inbox.newest()
    await write('sms', phone, { text: 'STOP' })
    await arrived(phone, 'sms', 'Vous ne recevrez plus')
    const { status, body } = await answer(id, { text: 'Une offre' })
    expect([status, body.error]).toEqual([422, { _tag: 'CannotSend', reason: 'optedOut' }])
    await write('sms', phone, { text: 'START' })
    expect((await answer(id, { text: 'Vous revoilà' })).status).toBe(201)
    await arrived(phone, 'sms', 'Vous revoilà')
  })

  it('a number that exists nowhere: the agent reads why the answer did not arrive', async () => {
    for (const line of ['sms', 'whatsapp'] as const) {
      await write(line, '+33639980000', { text: 'Bonjour' })
      const { id } = await inbox.newest()
      await answer(id, { text: 'Bonjour Claire' })
      const { error } = await delivery(id, 'Bonjour Claire', (found) => found.error !== undefined)
      expect(error.code).toBe(line === 'sms' ? '30005' : '131026')
    }
  })

  it('whatsapp: signs and quotes go both ways', async () => {
    const [line, phone] = ['whatsapp', '+33639980105'] as const
    const sent = await write(line, phone, { text: 'Bonjour' })
    const { id } = await inbox.newest()
    const [asked] = await messagesOf(id)
    await answer(id, { text: 'Bonjour Claire', quote: asked.seq })
    const got = await arrived(phone, line, 'Bonjour Claire')
    expect(got.quotes).toBe(sent.externalId)
    await inbox.post('/api/phone/reactions', { message: got.externalId, emoji: '👍' })
    await write(line, phone, { text: 'Voilà', quotes: got.externalId })
    const [, answered, last] = await messagesOf(id)
    expect(answered.reactions).toMatchObject([{ emoji: '👍' }])
    expect(last.quote).toBe(answered.seq)
  })

  it('whatsapp and messenger: a week later the window is closed', async () => {
    const conversations = new Map<Line, string>()
    for (const line of ['whatsapp', 'messenger'] as const) {
      await write(line, '+33639980106', { text: 'Bonjour' })
      conversations.set(line, (await inbox.newest()).id)
    }
    await inbox.post('/api/clock', { advanceMs: 8 * 86_400_000 })
    for (const id of conversations.values()) {
      const { status, body } = await answer(id, { text: 'Trop tard' })
      expect([status, body.error]).toMatchObject([422, { _tag: 'CannotSend', reason: 'window' }])
    }
  })

  for (const travel of ['twice', 'disorder'] as const)
    it(`whatsapp: what is reported in this way, ${travel}, is said once, and a status never goes back`, async () => {
      const phone = '+33639980110'
      expect((await inbox.post('/api/provider', { travel })).body.travel).toBe(travel)
      await write('whatsapp', phone, { text: `Bonjour, ${travel}` })
      const { id } = await inbox.newest()
      await answer(id, { text: `Bonsoir, ${travel}` })
      await arrived(phone, 'whatsapp', `Bonsoir, ${travel}`)
      await delivery(id, `Bonsoir, ${travel}`, ({ status }) => status === 'delivered')
      await inbox.post('/api/phone/seen', { line: 'whatsapp', phone })
      await delivery(id, `Bonsoir, ${travel}`, ({ status }) => status === 'read')
      const said = (await messagesOf(id)).filter((one) => one.text.endsWith(travel))
      expect(said.map(({ direction }) => direction)).toEqual(['in', 'out'])
      await inbox.post('/api/provider', { travel: 'plainly' })
    })

  it('refuses what is not signed, and what is no message', async () => {
    const forged = await fetch(`${inbox.url}/webhooks/whatsapp`, { method: 'POST', body: '{}' })
    expect(forged.status).toBe(401)
    expect((await inbox.post('/api/phone/messages', { line: 'fax', phone: '1' })).body.error._tag).toBe('Invalid')
    expect((await inbox.post('/api/phone/messages', '{')).body.error._tag).toBe('BadJson')
    expect((await inbox.get('/api/phone/files/none')).status).toBe(404)
    expect((await fetch(`${inbox.url}/v25.0/106540352242922/messages`, { method: 'POST' })).status).toBe(401)
  })
})
