import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEngine } from '@guichet/engine'
import { memoryStorage as memoryStore } from '@guichet/engine/memory'
import type { RichPart } from '@guichet/engine/ports'
import fc from 'fast-check'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { livechat } from '../src/index.ts'
import { decodeFrame } from '../src/protocol/decode.ts'
import { memoryDesk } from './memory-desk.ts'
import { clientId, enter, settings, start, until } from './server.ts'
import { memoryStorage, openPage, type Page } from './visitor.ts'

const form: RichPart = {
  _tag: 'Form',
  form: {
    id: 'who',
    title: 'Who are you?',
    fields: [
      { name: 'email', label: 'Email', kind: 'email', required: true, saveTo: { _tag: 'Field', field: 'email' } },
      {
        name: 'vip',
        label: 'Member',
        kind: 'yesNo',
        required: false,
        saveTo: { _tag: 'Custom', attribute: 'secretVip' },
      },
    ],
  },
}
const choices: RichPart = {
  _tag: 'Choices',
  choices: [
    { id: 'y', label: 'Yes' },
    { id: 'n', label: 'No' },
  ],
}

let pages: ReadonlyArray<Page> = []
afterEach(() => {
  for (const page of pages) page.chat.destroy()
  pages = []
})

const visit: typeof openPage = (...args) => {
  const page = openPage(...args)
  pages = [...pages, page]
  page.chat.connect()
  return page
}

/** An engine behind the chat, and Ana in front of it. */
const open = async () => {
  const chat = livechat({ connections: { burst: 10_000, perMinute: 10_000 } })
  const engine = await createEngine({ storage: memoryStore(), channels: { livechat: chat } })
  const acme = engine.workspace('acme')
  await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
  await acme.agents.put({ id: 'ana', name: 'Ana', role: 'manager', queues: ['support'] })
  await acme.attributes.put({ id: 'secretVip', name: 'VIP', on: 'contact', kind: 'boolean' })
  const site = { id: 'site', channel: 'livechat', queue: 'support', settings: settings({ allowNoOrigin: true }) }
  expect(await acme.accounts.put(site)).toMatchObject({ ok: true })
  const server = createServer((_, response) => response.writeHead(404).end())
  const detach = chat.attach(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await engine.close()
    detach()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/v1`
  const page = visit(base)
  page.chat.send('Hello')
  await page.settled()
  const ana = acme.as('ana')
  const [item] = (await ana.conversations.list({ tab: 'open' })).items
  const id = item?.id ?? ''
  const says = async (...parts: ReadonlyArray<RichPart>) =>
    expect(await ana.conversations.reply(id, { text: 'Please:', parts })).toMatchObject({ ok: true })
  const contact = async () => {
    const found = await ana.contacts.get(item?.contact.id ?? '')
    return found.ok ? found.value : undefined
  }
  const said = async () => {
    const found = await ana.conversations.timeline(id)
    return found.ok ? found.value.messages.filter(({ direction }) => direction === 'in').map(({ parts }) => parts) : []
  }
  return { base, page, says, contact, said }
}

describe('forms, choices and cards in the live chat', () => {
  it('a form arrives without where its answers go, and its answer lands on the contact', async () => {
    const { page, says, contact, said } = await open()
    await says(form)
    await until(() => page.chat.state.messages.some(({ parts }) => parts !== undefined))
    const shown = page.chat.state.messages.at(-1)
    expect(shown?.parts).toEqual([
      {
        type: 'form',
        id: 'who',
        title: 'Who are you?',
        fields: [
          { name: 'email', label: 'Email', kind: 'email', required: true, autocomplete: 'email' },
          { name: 'vip', label: 'Member', kind: 'yesNo', required: false },
        ],
      },
    ])
    expect(JSON.stringify(page.chat.state)).not.toContain('secretVip')
    page.chat.answer('who', { email: 'zoe@example.org', vip: true })
    await page.settled()
    expect(await said()).toContainEqual([
      {
        _tag: 'FormAnswer',
        form: 'who',
        values: { email: 'zoe@example.org', vip: true },
        labels: { email: 'Email', vip: 'Member' },
      },
    ])
    expect(await contact()).toMatchObject({ emails: ['zoe@example.org'], custom: { secretVip: true } })
    expect(page.chat.state.messages.at(-1)?.parts).toMatchObject([{ type: 'answer', form: 'who' }])
  })

  it('an answer that does not fit fails with what is wrong, and the next one takes its place', async () => {
    const { page, says, contact, said } = await open()
    await says(form)
    await until(() => page.chat.state.messages.some(({ parts }) => parts !== undefined))
    page.chat.answer('who', { vip: true })
    await until(() => page.chat.state.messages.at(-1)?.state === 'failed')
    expect(page.chat.state.messages.at(-1)).toMatchObject({ error: 'invalid', issues: ['email: an answer'] })
    expect([(await said()).length, (await contact())?.custom]).toEqual([1, {}])
    page.chat.answer('who', { email: 'zoe@example.org' })
    await page.settled()
    expect(page.chat.state.messages.filter(({ state }) => state === 'failed')).toEqual([])
    expect((await contact())?.emails).toEqual(['zoe@example.org'])
    page.chat.answer('nobody asked', { email: 'zoe@example.org' })
    await until(() => page.chat.state.messages.at(-1)?.error === 'invalid')
  })

  it('a choice is stored as what was chosen, and one that was not offered is refused', async () => {
    const { base, page, says, said } = await open()
    await says(choices)
    await until(() => page.chat.state.messages.some(({ parts }) => parts !== undefined))
    page.chat.choose({ id: 'n', label: 'No' })
    await page.settled()
    page.chat.choose({ id: 'n', label: 'Not at all' })
    await until(() => page.chat.state.messages.at(-1)?.state === 'failed')
    expect((await said()).slice(1)).toEqual([[{ _tag: 'Chosen', choice: 'n', label: 'No' }]])
    expect(page.chat.state.messages.at(-2)).toMatchObject({
      text: 'No',
      parts: [{ type: 'chosen', id: 'n', label: 'No' }],
    })
    const other = visit(base, { storage: memoryStorage() })
    other.chat.choose({ id: 'n', label: 'No' })
    await until(() => other.chat.state.messages.at(-1)?.state === 'failed')
    expect(other.errors).toEqual(['invalid'])
  })

  it('an answer that is given while the line is down leaves when it is back, once', async () => {
    const { page, says, said } = await open()
    await says(form)
    await until(() => page.chat.state.messages.some(({ parts }) => parts !== undefined))
    page.fire('offline')
    page.chat.answer('who', { email: 'zoe@example.org' })
    expect(page.chat.state.messages.at(-1)).toMatchObject({
      state: 'sending',
      parts: [{ type: 'answer', form: 'who' }],
    })
    page.fire('online')
    await page.settled()
    expect((await said()).filter(([part]) => part?._tag === 'FormAnswer')).toHaveLength(1)
  })
})

describe('every part that the chat shows', () => {
  it('becomes a frame that names what it says and leads where it should', async () => {
    const desk = memoryDesk()
    const host = await start(desk.sink)
    onTestFinished(() => host.stop())
    const one = await enter(host.base)
    const price = { amount: 1250, currency: 'EUR' }
    desk.replyParts(one.address, [
      { _tag: 'Product', title: 'Chair', description: 'Oak', price, url: 'https://shop.example/chair' },
      { _tag: 'PaymentLink', title: 'Invoice', price: { amount: 500, currency: 'JPY' }, url: 'https://pay.example' },
      { _tag: 'CompanyDetails', name: 'Maison', lines: ['1 rue X'], url: 'https://maison.example' },
      { _tag: 'ContactCard', name: 'Ana', emails: ['ana@shop.example'], phones: ['+33 (0)1 23'], company: 'Maison' },
      { _tag: 'Location', latitude: 48.85, longitude: 2.35, label: 'The shop', address: '1 rue X' },
      { _tag: 'Location', latitude: 1, longitude: -2 },
    ])
    const { message } = await one.next('message')
    expect(message.text).toBe('')
    const map = (at: string) => [{ url: expect.stringContaining(at), as: 'map' }]
    expect(message.parts).toEqual([
      {
        type: 'card',
        title: 'Chair',
        price: '12.50 EUR',
        lines: ['Oak'],
        links: [{ url: 'https://shop.example/chair', as: 'see' }],
      },
      {
        type: 'card',
        title: 'Invoice',
        price: '500 JPY',
        lines: [],
        links: [{ url: 'https://pay.example', as: 'pay' }],
      },
      { type: 'card', title: 'Maison', lines: ['1 rue X'], links: [{ url: 'https://maison.example', as: 'see' }] },
      {
        type: 'card',
        title: 'Ana',
        lines: ['Maison'],
        links: [
          { text: 'ana@shop.example', url: 'mailto:ana@shop.example' },
          { text: '+33 (0)1 23', url: 'tel:+330123' },
        ],
      },
      { type: 'card', title: 'The shop', lines: ['1 rue X'], links: map('48.85/2.35') },
      { type: 'card', title: '1, -2', lines: [], links: map('1/-2') },
    ])
  })
})

describe('an answer on the wire', () => {
  const send = (answer: unknown) =>
    decodeFrame(JSON.stringify({ type: 'send', clientId: clientId(), text: '', files: [], answer }))

  it.each<[string, unknown]>([
    ['a word', 'yes'],
    ['a list', []],
    ['an unknown kind', { type: 'vote', id: 'a', label: 'b' }],
    ['no form', { type: 'answer', values: {} }],
    ['no values', { type: 'answer', form: 'who' }],
    ['values within values', { type: 'answer', form: 'who', values: { a: { b: 1 } } }],
    ['a list of values', { type: 'answer', form: 'who', values: ['a'] }],
    ['a value of nothing', { type: 'answer', form: 'who', values: { a: null } }],
    ['a novel', { type: 'answer', form: 'who', values: { a: 'x'.repeat(10_001) } }],
    [
      'a thousand values',
      { type: 'answer', form: 'who', values: Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [n, 1])) },
    ],
    ['a choice of a number', { type: 'chosen', id: 5, label: 'b' }],
    ['a choice without a label', { type: 'chosen', id: 'a' }],
  ])('is no frame when it is %s', (_, answer) => {
    expect(send(answer)).toBeUndefined()
  })

  it('is read field by field, whatever its fields are called, and nothing else of it gets in', () => {
    const name = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('__proto__', 'constructor', 'toString'))
    const value = fc.oneof(fc.string(), fc.boolean(), fc.integer())
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 5 }), (entries) => {
        const values = Object.fromEntries(entries)
        const frame = send({ type: 'answer', form: 'who', values, extra: 1 })
        expect(frame).toMatchObject({ answer: { type: 'answer', form: 'who' } })
        const read = frame?.type === 'send' && frame.answer?.type === 'answer' ? frame.answer.values : {}
        expect(Object.entries(read)).toEqual(Object.entries(values))
        expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
        expect(JSON.stringify(frame)).not.toContain('extra')
      }),
    )
  })
})
