import { readFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Engine, type Workspace, createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { Channel } from '@guichet/engine/ports'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { root } from '../architecture/sources.ts'
import { examplesOf } from '../docs/examples.ts'

const page = 'docs/plugins/channel.md'
const [code = '', harness = ''] = examplesOf(page, readFileSync(join(root, page), 'utf8')).map(
  (example) => example.code,
)

const folder = mkdtempSync(join(tmpdir(), 'guichet-telegram-'))
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
writeFileSync(join(folder, 'telegram.ts'), code)
const declared = /^declare const telegram: Channel$/m
writeFileSync(join(folder, 'conformance.ts'), harness.replace(declared, "import { telegram } from './telegram.ts'"))

const { telegram } = (await import(/* @vite-ignore */ join(folder, 'telegram.ts'))) as { readonly telegram: Channel }

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the channel of the page has at most 100 lines', () => {
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(100)
  expect(harness).toMatch(declared)
})

// The cases that the page holds it to, as the page says it.
describe('what every channel must do', async () => {
  await import(/* @vite-ignore */ join(folder, 'conformance.ts'))
})

const token = '4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcA'
const secret = 'shown with each request'
const picture = Uint8Array.of(255, 216, 255, 224)

/** The Bot API, as far as a channel needs it: it checks the token, the fields and the length, and numbers messages. */
const botApi = () => {
  const sent: Array<Readonly<Record<string, unknown>>> = []
  const scripted: Array<{ readonly status: number; readonly body: object; readonly headers?: Record<string, string> }> =
    []
  const no = (status: number, description: string) => ({ status, body: { ok: false, error_code: status, description } })
  const answer = (path: string, said: Readonly<Record<string, unknown>>) => {
    if (!path.startsWith(`/bot${token}/`)) return no(401, 'Unauthorized')
    const next = scripted.shift()
    if (next !== undefined) return next
    const method = path.slice(`/bot${token}/`.length).split('?')[0]
    if (method === 'getFile') {
      const id = new URL(path, 'http://x').searchParams.get('file_id')
      return id === 'f-large'
        ? { status: 200, body: { ok: true, result: { file_id: id, file_path: 'photos/file_1.jpg' } } }
        : no(400, 'Bad Request: invalid file_id')
    }
    if (method !== 'sendMessage') return no(404, 'Not Found')
    const text = String(said['text'] ?? '')
    if (said['chat_id'] !== '7') return no(400, 'Bad Request: chat not found')
    if (text === '') return no(400, 'Bad Request: message text is empty')
    if (text.length > 4096) return no(400, 'Bad Request: message is too long')
    sent.push(said)
    return { status: 200, body: { ok: true, result: { message_id: 100 + sent.length } } }
  }
  const read = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    return text === '' ? {} : JSON.parse(text)
  }
  const server: Server = createServer((request, response) => {
    void read(request).then((said) => {
      const path = request.url ?? '/'
      if (path === `/file/bot${token}/photos/file_1.jpg`) {
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(picture)
        return
      }
      const { status, body, headers } = { headers: {}, ...answer(path, said) }
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    })
  })
  return { server, sent, scripted }
}

describe('a desk with it, at a server that speaks as Telegram does', () => {
  let api: ReturnType<typeof botApi>
  let engine: Engine
  let acme: Workspace

  const post = (update: object, shown = secret) =>
    engine.receive(
      'acme/telegram',
      new Request('https://desk.example/hooks/telegram', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': shown },
        body: JSON.stringify(update),
      }),
    )
  const zoe = {
    from: { id: 7, is_bot: false, first_name: 'Zoé' },
    chat: { id: 7, type: 'private' },
    date: 1_767_268_800,
  }
  const only = async () => {
    const ana = acme.as('ana')
    const { items } = await ana.conversations.list()
    const timeline = await ana.conversations.timeline(items[0]?.id ?? '')
    if (!timeline.ok) throw new Error('there is no conversation')
    return {
      id: items[0]?.id ?? '',
      contact: items[0]?.contact,
      messages: timeline.value.messages,
      ana: ana.conversations,
    }
  }

  beforeEach(async () => {
    api = botApi()
    await new Promise<void>((resolve) => api.server.listen(0, '127.0.0.1', resolve))
    const { port } = api.server.address() as AddressInfo
    engine = await createEngine({
      storage: memoryStorage(),
      channels: { telegram },
      fetch: (input, init) => {
        const { pathname, search } = new URL(input instanceof Request ? input.url : input)
        return fetch(`http://127.0.0.1:${port}${pathname}${search}`, init)
      },
    })
    acme = engine.workspace('acme')
    await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
    await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
    await acme.accounts.put({ id: 'telegram', channel: 'telegram', queue: 'support', settings: { token, secret } })
  })
  afterEach(async () => {
    await engine.close()
    await new Promise((resolve) => api.server.close(resolve))
  })

  test('what a customer writes is answered, in as many pieces as it takes', async () => {
    expect((await post({ update_id: 1, message: { ...zoe, message_id: 1, text: 'Where is my chair?' } })).status).toBe(
      200,
    )
    const { id, contact, ana } = await only()
    expect(contact?.name).toBe('Zoé')
    await ana.reply(id, { text: `On its way. ${'👩‍👩‍👧‍👦'.repeat(800)}` })
    await engine.settle()
    expect(new Set(api.sent.map(({ chat_id }) => chat_id))).toEqual(new Set(['7']))
    const written = api.sent.map(({ text }) => String(text))
    expect(written.length).toBeGreaterThan(2)
    expect(written.join('')).toBe(`On its way.${'👩‍👩‍👧‍👦'.repeat(800)}`)
    const { messages } = await only()
    expect(messages.map(({ text, delivery }) => [text.slice(0, 10), delivery?.status])).toEqual([
      ['Where is m', undefined],
      ['On its way', 'sent'],
    ])
  })

  test('G02 an update that comes twice is one message, and what is not Telegram’s is refused', async () => {
    const update = { update_id: 1, message: { ...zoe, message_id: 1, text: 'Hello' } }
    expect((await post(update, 'a guess')).status).toBe(401)
    for (const _ of [1, 2]) expect((await post(update)).status).toBe(200)
    await post({ update_id: 2, edited_message: { ...zoe, message_id: 1, text: 'Hello!' } })
    const { messages } = await only()
    expect(messages.map(({ text, edited }) => [text, edited])).toEqual([['Hello!', true]])
  })

  test('G09 a photograph arrives in its largest size', async () => {
    const photo = [
      { file_id: 'f-small', width: 90 },
      { file_id: 'f-large', width: 1280 },
    ]
    await post({ update_id: 1, message: { ...zoe, message_id: 1, caption: 'Look', photo } })
    await engine.settle()
    const { id, messages, ana } = await only()
    const [file] = messages[0]?.parts.flatMap((part) => (part._tag === 'File' ? [part.file] : [])) ?? []
    expect(file).toMatchObject({ name: 'photo.jpg', size: picture.byteLength })
    expect(file?.missing).toBeUndefined()
    const found = await ana.file(id, file?.blob ?? '')
    expect(found.ok && [...found.value.bytes]).toEqual([...picture])
  })

  test('G18 who has blocked the bot is not written to again and again', async () => {
    await post({ update_id: 1, message: { ...zoe, message_id: 1, text: 'Hello' } })
    const { id, ana } = await only()
    const description = 'Forbidden: bot was blocked by the user'
    api.scripted.push({ status: 403, body: { ok: false, error_code: 403, description } })
    await ana.reply(id, { text: 'Hello Zoé' })
    await engine.settle()
    const { messages } = await only()
    expect(messages.at(-1)?.delivery).toMatchObject({ status: 'failed', error: { message: description } })
    expect(api.sent).toEqual([])
  })
})
