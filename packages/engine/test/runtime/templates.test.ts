import type { TemplateInput } from '@guichet/engine'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'

const desk = async () => {
  const shop = await openShop()
  onTestFinished(() => shop.engine.close())
  const workspace = shop.engine.workspace('shop')
  await workspace.queues.put({ id: 'safe', name: 'Safe', mode: 'exclusive', claimOnReply: true })
  await workspace.agents.put({ id: 'dan', name: 'Dan Low', role: 'agent', queues: ['safe'], email: 'dan@shop.example' })
  return { ...shop, workspace, as: (agent: string) => workspace.as(agent) }
}

const hello: TemplateInput = {
  title: 'Hello',
  text: 'Hello {{contact.firstName|there}}, {{agent.firstName}} here',
  scope: { _tag: 'All' },
  shortcut: 'hi',
}
const titles = (found: ReadonlyArray<{ readonly title: string }>) => found.map(({ title }) => title)
const notFound = { ok: false, refusal: { _tag: 'NotFound' } }

describe('templates', () => {
  it('G49 are kept for all, for a team or for oneself, and found by those they are for', async () => {
    const { as } = await desk()
    const all = await value(as('chloe').templates.put(hello))
    const team = await value(
      as('chloe').templates.put({ ...hello, title: 'Safe', shortcut: null, scope: { _tag: 'Team', queue: 'safe' } }),
    )
    const own = await value(
      as('ana').templates.put({ ...hello, title: 'Mine', shortcut: null, scope: { _tag: 'Own', agent: 'ana' } }),
    )
    const found = async (agent: string) => titles(await as(agent).templates.find())
    expect(await Promise.all(['ana', 'ben', 'dan', 'chloe', 'eve'].map(found))).toEqual([
      ['Mine', 'Hello'],
      ['Hello'],
      ['Safe', 'Hello'],
      ['Safe', 'Hello'],
      [],
    ])
    expect(await as('ben').templates.get(team.id)).toEqual(notFound)
    expect(await as('chloe').templates.get(own.id)).toEqual(notFound)
    expect(await as('eve').templates.get(all.id)).toEqual(notFound)
    expect(await as('ben').templates.get(all.id)).toEqual({ ok: true, value: all })
  })

  it('G49 are managed by those who may, and what one may not use is not there', async () => {
    const { as } = await desk()
    const forbidden = { ok: false, refusal: { _tag: 'Forbidden', action: 'manageTemplates' } }
    expect(await as('ana').templates.put(hello)).toEqual(forbidden)
    expect(await as('ana').templates.put({ ...hello, scope: { _tag: 'Own', agent: 'ben' } })).toEqual(forbidden)
    const all = await value(as('chloe').templates.put(hello))
    expect(await as('ana').templates.remove(all.id)).toEqual(forbidden)
    expect(await as('ana').templates.put({ ...all, scope: { _tag: 'Own', agent: 'ana' } })).toEqual(forbidden)
    const own = await value(
      as('ana').templates.put({ ...hello, shortcut: null, title: 'Mine', scope: { _tag: 'Own', agent: 'ana' } }),
    )
    expect(await as('chloe').templates.remove(own.id)).toEqual(notFound)
    expect(await as('chloe').templates.put({ ...own, scope: { _tag: 'All' } })).toEqual(notFound)
    expect(await as('chloe').templates.put({ ...hello, id: 'made up', shortcut: null })).toEqual(notFound)
    expect(await as('eve').templates.put(hello)).toMatchObject({ refusal: { _tag: 'UnknownAgent' } })
    expect(await value(as('ana').templates.remove(own.id))).toBeUndefined()
    expect(await as('ana').templates.get(own.id)).toEqual(notFound)
    expect(await as('ana').templates.remove(own.id)).toEqual(notFound)
  })

  it('are changed in place', async () => {
    const { as, clock } = await desk()
    const first = await value(as('chloe').templates.put(hello))
    clock.advance(1_000)
    const changed = await value(as('chloe').templates.put({ ...first, title: 'Good day', language: 'en' }))
    expect(changed).toEqual({ ...first, title: 'Good day', language: 'en', updatedAt: first.updatedAt + 1_000 })
    expect(await as('ana').templates.find({ words: 'hello' })).toHaveLength(1)
    expect(await as('ana').templates.find({ words: 'good' })).toEqual([changed])
  })

  it('are found by shortcut, title and words, whatever their accents; and never by the names of variables', async () => {
    const { as } = await desk()
    const put = (over: Partial<TemplateInput>) =>
      value(as('chloe').templates.put({ ...hello, shortcut: null, ...over }))
    await put({ title: 'Opening hours', text: 'We open at nine', shortcut: 'hours', category: 'Shop' })
    await put({ title: 'Livré', text: 'Votre colis est livré, {{contact.name}}', language: 'fr' })
    await put({ title: 'Out for delivery', text: 'Hours away', channels: ['telegraph'] })
    const find = async (options: Parameters<ReturnType<typeof as>['templates']['find']>[0]) =>
      titles(await as('ana').templates.find(options))
    expect(await find({ words: '/hou' })).toEqual(['Opening hours', 'Out for delivery'])
    expect(await find({ words: 'livre' })).toEqual(['Livré'])
    expect(await find({ words: 'contact' })).toEqual([])
    expect(await find({ words: '?!' })).toEqual(['Livré', 'Opening hours', 'Out for delivery'])
    expect(await find({ language: 'fr-CA', channel: 'telegraph' })).toHaveLength(3)
    expect(await find({ language: 'de', channel: 'mail' })).toEqual(['Opening hours'])
    expect(await find({ category: 'shop' })).toEqual(['Opening hours'])
  })

  it('are refused with a variable that there is not, a channel that there is not, and a shortcut that is taken', async () => {
    const { as } = await desk()
    const issues = async (over: Partial<TemplateInput>) => {
      const outcome = await as('chloe').templates.put({ ...hello, ...over })
      return outcome.ok || outcome.refusal._tag !== 'Invalid' ? outcome : outcome.refusal.issues
    }
    expect(await issues({ text: '{{contact.custom.plan}}' })).toEqual([
      expect.stringContaining('no variable contact.custom.plan; there are contact.name,'),
    ])
    expect(await issues({ channels: ['fax'] })).toEqual(['channels: there is no channel fax'])
    const first = await value(as('chloe').templates.put(hello))
    expect(await issues({ title: 'Other', shortcut: 'HI' })).toEqual(['shortcut: hi leads to "Hello" already'])
    expect((await as('chloe').templates.put({ ...first, text: 'Hi' })).ok).toBe(true)
  })

  it('are filled from contact, agent and conversation, and say what was missing', async () => {
    const { as, write, opened } = await desk()
    await write('where is it?', { from: { address: 'claire', name: 'Claire {{agent.name}}' }, subject: 'The chair' })
    const id = await opened()
    const text =
      '{{contact.firstName|there}} {{contact.name}} {{agent.firstName}} {{agent.email|-}} {{conversation.subject}} {{account.name}}'
    const template = await value(as('chloe').templates.put({ ...hello, text }))
    expect(await value(as('ana').templates.fill(template.id, id))).toEqual({
      text: 'there Claire {{agent.name}} Ana - The chair wire',
      missing: ['contact.firstName', 'agent.email'],
    })
    expect(await as('dan').templates.fill(template.id, id)).toEqual(notFound)
    expect(await as('ana').templates.fill('none', id)).toEqual(notFound)
  })

  it('are made from what a message says', async () => {
    const { as, write, opened } = await desk()
    await write('where is it?')
    const id = await opened()
    await value(as('ana').conversations.reply(id, { text: 'It is on its way.' }))
    const draft = { title: 'On its way', scope: { _tag: 'Own', agent: 'ana' } } as const
    expect(await value(as('ana').templates.fromMessage(id, 2, draft))).toMatchObject({ text: 'It is on its way.' })
    expect(await as('ana').templates.fromMessage(id, 9, draft)).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownMessage', message: 9 },
    })
    expect(await as('dan').templates.fromMessage(id, 2, { ...draft, scope: { _tag: 'Own', agent: 'dan' } })).toEqual(
      notFound,
    )
    await value(as('ana').conversations.deleteMessage(id, { message: 2 }))
    expect(await as('ana').templates.fromMessage(id, 2, draft)).toMatchObject({ refusal: { _tag: 'UnknownMessage' } })
  })
})

describe('a signature', () => {
  const signing = async (
    signature: boolean,
    capabilities: NonNullable<Parameters<typeof openShop>[0]>['capabilities'] = {},
  ) => {
    const shop = await openShop({
      capabilities,
      channel: {
        render: ({ parts }) => ({
          _tag: 'Rendered',
          wires: parts.map((part) => (part._tag === 'Text' ? part.text : part._tag === 'Html' ? part.html : part._tag)),
        }),
      },
    })
    onTestFinished(() => shop.engine.close())
    const workspace = shop.engine.workspace('shop')
    const sign = '{{agent.name}} <{{account.name}}>\n{{agent.email|no box}}'
    await value(workspace.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['desk'], signature: sign }))
    await value(workspace.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', name: 'Shop', signature }))
    await shop.write('hello')
    const id = await shop.opened()
    return { ...shop, id, as: (agent: string) => workspace.as(agent).conversations, workspace }
  }

  it('ends what an agent sends where the account wants it, filled, and stays out of the journal', async () => {
    const { engine, provider, as, id } = await signing(true)
    await value(as('ana').reply(id, { text: 'Bonjour \n' }))
    await engine.settle()
    expect(provider.wires).toEqual(['Bonjour\n\n-- \nAna <Shop>\nno box'])
    expect((await value(as('ana').timeline(id))).messages.at(-1)?.text).toBe('Bonjour \n')
  })

  it('is a block of its own in HTML, and nothing but text in it', async () => {
    const { engine, provider, as, id } = await signing(true, { html: true })
    await value(as('ana').reply(id, { text: 'Bonjour', html: '<p>Bonjour</p>' }))
    await engine.settle()
    expect(provider.wires).toEqual([
      'Bonjour\n\n-- \nAna <Shop>\nno box',
      '<p>Bonjour</p>\n<div class="signature">-- <br>Ana &lt;Shop&gt;<br>no box</div>',
    ])
  })

  it('is left out where nothing is said, where there is no room, and where nobody wants it', async () => {
    const short = await signing(true, { maxTextLength: 12 })
    await value(short.as('ana').reply(short.id, { text: 'Bonjour' }))
    await short.engine.settle()
    expect(short.provider.wires).toEqual(['Bonjour'])
    const files = [{ name: 'a.txt', mime: 'text/plain', bytes: new Uint8Array([1]) }]
    const silent = await signing(true)
    await value(silent.as('ana').reply(silent.id, { files }))
    await silent.engine.settle()
    expect(silent.provider.wires).toEqual(['File'])
    const without = await signing(false)
    await value(without.as('ana').reply(without.id, { text: 'Bonjour' }))
    await value(without.as('ana').transfer(without.id, { to: { agent: 'ben' } }))
    await value(without.as('ben').reply(without.id, { text: 'Hello' }))
    await without.engine.settle()
    expect(without.provider.wires).toEqual(['Bonjour', 'Hello'])
  })

  it('is refused with a variable that there is not, and an agent with a box that is none', async () => {
    const { workspace } = await desk()
    const ana = { id: 'ana', name: 'Ana', role: 'agent' as const, queues: ['desk'] }
    expect(await workspace.agents.put({ ...ana, signature: '{{agent.nmae}}', email: 'ana' })).toMatchObject({
      refusal: {
        _tag: 'Invalid',
        what: 'agent',
        issues: [
          'email: an address such as ana@example.org',
          expect.stringContaining('signature: there is no variable agent.nmae'),
        ],
      },
    })
  })
})
