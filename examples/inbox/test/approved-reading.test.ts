import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { approvedTemplates, inLanguageFirst } from '../server/approved-templates.ts'
import { knownIn, partOf, piecesOf, placesIn } from '../web/desk/parts/writing/approved-part.ts'

const node = (name: string, ...components: ReadonlyArray<object>) => ({
  name,
  language: 'en_US',
  status: 'APPROVED',
  category: 'UTILITY',
  components,
})
const body = (text: string, example?: object) => ({ type: 'BODY', text, ...(example === undefined ? {} : { example }) })

/** The list of templates of the Graph API, in pages; what is listed, and how it was asked. */
const listed = async (pages: ReadonlyArray<ReadonlyArray<object>>, status = 200) => {
  const asked: Array<string> = []
  const graph = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://graph')
    asked.push(`${request.headers.authorization} ${url.pathname}${url.search}`)
    const page = Number(url.searchParams.get('after') ?? 0)
    const next = page + 1 < pages.length ? { next: 'http://elsewhere' } : {}
    const said = { data: pages[page], paging: { cursors: { after: String(page + 1) }, ...next } }
    response.writeHead(status).end(JSON.stringify(status === 200 ? said : { error: { message: 'It is late' } }))
  })
  await new Promise<void>((listening) => {
    graph.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    graph.closeAllConnections()
    await new Promise((closed) => graph.close(closed))
  })
  const graphOrigin = `http://127.0.0.1:${(graph.address() as AddressInfo).port}`
  const settings = { businessAccountId: '102', accessToken: 'EAA', apiVersion: 'v25.0', graphOrigin }
  return { asked, read: () => approvedTemplates({ channel: 'whatsapp', settings }) }
}

describe('the templates of an account', () => {
  it('are asked from its provider with its token, page after page', async () => {
    const { asked, read } = await listed([[node('one', body('One'))], [node('two', body('Two'))]])
    expect((await read()).map(({ name }) => name)).toEqual(['one', 'two'])
    expect(asked).toEqual([
      'Bearer EAA /v25.0/102/message_templates?status=APPROVED&limit=100',
      'Bearer EAA /v25.0/102/message_templates?status=APPROVED&limit=100&after=1',
    ])
  })

  it('are those that words fill in: none with a picture, a code, or an address of its own', async () => {
    const button = (more: object) => ({ type: 'BUTTONS', buttons: [more] })
    const { read } = await listed([
      [
        node('plain', { type: 'HEADER', format: 'TEXT', text: 'Hi' }, body('Yes'), button({ type: 'QUICK_REPLY' })),
        node('picture', { type: 'HEADER', format: 'IMAGE' }, body('Look')),
        node('code', body('Your code'), button({ type: 'OTP' })),
        node('track', body('Track it'), button({ type: 'URL', url: 'https://acme.example/{{1}}' })),
        node('shop', body('Come in'), button({ type: 'URL', url: 'https://acme.example/' })),
        node('carousel', body('Look'), { type: 'CAROUSEL' }),
        {},
      ],
    ])
    expect((await read()).map(({ name }) => name)).toEqual(['plain', 'shop'])
  })

  it('are none where nobody knows whose they are, and no list while the provider does not answer', async () => {
    expect(await approvedTemplates({ channel: 'whatsapp', settings: {} })).toEqual([])
    expect(await approvedTemplates({ channel: 'email', settings: { businessAccountId: '1' } })).toEqual([])
    const { read } = await listed([[]], 503)
    await expect(read()).rejects.toThrow('It is late')
  })

  it('in the language of the customer come first', async () => {
    const { read } = await listed([[node('one', body('One')), { ...node('un', body('Un')), language: 'fr' }]])
    expect(inLanguageFirst(await read(), 'fr-CA').map(({ name }) => name)).toEqual(['un', 'one'])
    expect(inLanguageFirst(await read(), null).map(({ name }) => name)).toEqual(['one', 'un'])
  })
})

describe('a template', () => {
  const header = { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['48210'] } }
  const said = body('Hello {{1}}, {{2}} is here. See you, {{1}}.', { body_text: [['Zoe', 'it']] })
  const filled = { 'header 1': '7', 'body 1': 'Ana', 'body 2': 'your chair' }

  it('has each variable once, with its example, and is filled in everywhere', async () => {
    const [one] = await (await listed([[node('here', header, said, { type: 'FOOTER', text: 'Acme' })]])).read()
    if (one === undefined) throw new Error('nothing was listed')
    expect(one.examples).toEqual({ header: { 1: '48210' }, body: { 1: 'Zoe', 2: 'it' } })
    expect(placesIn(one)).toEqual([
      { where: 'header', name: '1' },
      { where: 'body', name: '1' },
      { where: 'body', name: '2' },
    ])
    expect(partOf(one, filled)).toEqual({
      _tag: 'ProviderTemplate',
      name: 'here',
      language: 'en_US',
      header: { _tag: 'Text', text: '7' },
      values: ['Ana', 'your chair'],
      text: 'Order 7\nHello Ana, your chair is here. See you, Ana.\nAcme',
    })
  })

  it('with names for its variables keeps them', async () => {
    const example = { body_text_named_params: [{ param_name: 'first_name', example: 'Zoe' }] }
    const [one] = await (await listed([[node('named', body('Dear {{first_name}}', example))]])).read()
    if (one === undefined) throw new Error('nothing was listed')
    expect(one.examples.body).toEqual({ first_name: 'Zoe' })
    expect(knownIn(one, 'Ana')).toEqual({ 'body first_name': 'Ana' })
    expect(partOf(one, knownIn(one, 'Ana'))).toMatchObject({
      values: [{ _tag: 'Text', text: 'Ana', name: 'first_name' }],
      text: 'Dear Ana',
    })
  })

  it('knows nobody where it greets nobody', () => {
    expect(piecesOf('Your code: {{1}}', 'body')).toEqual(['Your code: ', { where: 'body', name: '1' }, ''])
    const one = {
      name: 'x',
      language: 'en',
      category: '',
      header: null,
      footer: null,
      examples: { header: {}, body: {} },
    }
    expect(knownIn({ ...one, body: 'Your code: {{1}}' }, 'Ana')).toEqual({})
    expect(knownIn({ ...one, body: 'Hello {{1}}' }, undefined)).toEqual({})
  })
})
