import type { AgentSession } from '@guichet/engine'
import type { Permission } from '@guichet/engine/domain'
import type { InboundEvent } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, value } from './telegraph.ts'

type Event = Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>

const desk = async () => {
  const shop = await openShop()
  onTestFinished(() => shop.engine.close())
  const workspace = shop.engine.workspace('shop')
  const agent = async (id: string, permissions: ReadonlyArray<Permission>): Promise<AgentSession> => {
    const [known] = (await workspace.agents.list()).filter((one) => one.id === 'ana')
    if (known === undefined) throw new Error('nobody is there')
    await value(workspace.agents.put({ ...known, id, name: id, permissions }))
    return workspace.as(id)
  }
  const hears = async (from: Event['from'], text = 'hello'): Promise<string> => {
    const parts = [{ _tag: 'Text', text }] as const
    await shop.post([{ _tag: 'MessageReceived', from, parts, externalId: crypto.randomUUID() }])
    const { items } = await workspace.as('ana').conversations.list({})
    const [first] = items.filter(({ contact }) => contact.address === from.address)
    if (first === undefined) throw new Error('nothing came')
    return first.contact.id
  }
  return { ...shop, workspace, agent, hears, editor: await agent('eva', ['editContacts']) }
}

describe('an unknown sender', () => {
  it('is provisional, knows what the channel knows, and is added or ignored', async () => {
    const { hears, editor, workspace } = await desk()
    const ana = workspace.as('ana').contacts
    const id = await hears({ address: 'z', name: 'Zoe', language: 'fr', attributes: { page: '/shop' } })
    expect(await value(ana.get(id))).toMatchObject({
      name: 'Zoe',
      language: 'fr',
      kind: 'visitor',
      provisional: true,
      ignored: false,
      attributes: { page: '/shop' },
      identities: [{ account: 'wire', address: 'z', verified: false }],
      companyName: null,
      blocks: [],
    })
    expect(await ana.add(id)).toEqual({ ok: false, refusal: { _tag: 'Forbidden', action: 'editContacts' } })
    expect(await value(ana.ignore(id))).toMatchObject({ provisional: true, ignored: true })
    expect(await value(editor.contacts.add(id, { kind: 'client' }))).toMatchObject({
      provisional: false,
      ignored: false,
      kind: 'client',
    })
    // What a channel tells later fills gaps and replaces nothing.
    await hears({ address: 'z', name: 'Somebody else', attributes: { page: '/cart' } })
    expect(await value(ana.get(id))).toMatchObject({ name: 'Zoe', provisional: false, attributes: { page: '/cart' } })
  })
})

describe('a contact that somebody writes down', () => {
  it('is the one who writes from its address, and an address is one person only', async () => {
    const { hears, editor } = await desk()
    const identities = [{ account: 'wire', address: 'z' }]
    const zoe = await value(editor.contacts.create({ name: 'Zoe', emails: ['zoe@example.org'], identities }))
    expect(zoe).toMatchObject({ provisional: false, emails: ['zoe@example.org'] })
    expect(await hears({ address: 'z' })).toBe(zoe.id)
    expect(await editor.contacts.create({ name: 'Another', identities })).toEqual({
      ok: false,
      refusal: { _tag: 'InUse', by: `contact ${zoe.id}` },
    })
    expect(await editor.contacts.create({ identities: [{ account: 'fax', address: 'z' }] })).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownAccount', account: 'fax' },
    })
    expect(await editor.contacts.create({ identities: [{ account: 'wire', address: ' ' }] })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'contact' },
    })
    expect((await editor.contacts.find({ words: 'zoe exam' })).items).toMatchObject([{ id: zoe.id }])
  })

  it('is merged with another who was never heard of, and set apart again', async () => {
    const { editor } = await desk()
    const zoe = await value(editor.contacts.create({ name: 'Zoe' }))
    const other = await value(editor.contacts.create({ phones: ['+33612345678'] }))
    expect((await value(editor.contacts.merge(other.id, { into: zoe.id }))).phones).toEqual(['+33612345678'])
    expect((await value(editor.contacts.undoMerge(zoe.id, { merged: other.id }))).phones).toEqual([])
    expect((await value(editor.contacts.get(other.id))).phones).toEqual(['+33612345678'])
  })

  it('is found by pages, the newest first, each once', async () => {
    const { editor, hears, clock } = await desk()
    const ids: Array<string> = []
    for (let n = 0; n < 7; n += 1) {
      await clock.advance(1)
      ids.unshift(
        n % 2 === 0
          ? (await value(editor.contacts.create({ name: `Zoé ${n}` }))).id
          : await hears({ address: `${n}`, name: 'Zoe' }),
      )
    }
    await value(editor.contacts.merge(ids[1] ?? '', { into: ids[4] ?? '' }))
    const seen: Array<string> = []
    for (let after: string | null = null; ; ) {
      const page: Awaited<ReturnType<typeof editor.contacts.find>> = await editor.contacts.find({
        words: 'zoe',
        limit: 2,
        ...(after === null ? {} : { after }),
      })
      seen.push(...page.items.map(({ id }) => id))
      after = page.next
      if (after === null) break
    }
    expect([...seen].sort()).toEqual(ids.filter((_, index) => index !== 1).sort())
  })
})

describe('custom attributes', () => {
  it('are defined, checked on contacts and conversations, and stay what they are', async () => {
    const { workspace, editor, hears, opened } = await desk()
    const plan = { id: 'plan', name: 'Plan', on: 'contact', kind: 'choice', choices: ['free', 'pro'] } as const
    expect(await value(workspace.attributes.put(plan))).toEqual(plan)
    await value(workspace.attributes.put({ id: 'order', name: 'Order', on: 'conversation', kind: 'number' }))
    expect(await workspace.attributes.put({ ...plan, choices: ['a', 'a'] })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'attribute' },
    })
    expect(await workspace.attributes.put({ id: 'plan', name: 'Plan', on: 'contact', kind: 'text' })).toEqual({
      ok: false,
      refusal: { _tag: 'Invalid', what: 'attribute', issues: ['kind: plan is a choice, and stays so'] },
    })
    const id = await hears({ address: 'z' })
    expect(await editor.contacts.edit(id, { custom: { plan: 'gold' } })).toMatchObject({
      refusal: { issues: ['plan: "gold" is not one of free, pro'] },
    })
    expect(await value(editor.contacts.edit(id, { custom: { plan: 'pro' } }))).toMatchObject({
      custom: { plan: 'pro' },
    })
    const ana = workspace.as('ana').conversations
    const done = await value(ana.setAttributes(await opened(), { attributes: { order: 7 } }))
    expect(done.conversation.attributes).toEqual({ order: 7 })
    expect(await ana.setAttributes(await opened(), { attributes: { order: 'seven', plan: 'pro' } })).toMatchObject({
      refusal: { _tag: 'Invalid', what: 'attributes', issues: [expect.any(String), expect.any(String)] },
    })
  })
})

describe('a company', () => {
  it('is written down, found, given to contacts, and stays as long as anybody is of it', async () => {
    const { editor, workspace, hears } = await desk()
    const ana = workspace.as('ana')
    const initech = await value(editor.companies.put({ name: 'Initech', domain: 'Initech.example' }))
    expect(initech).toMatchObject({ name: 'Initech', domain: 'initech.example', phone: null })
    expect(await ana.companies.put({ name: 'Mine' })).toMatchObject({ refusal: { _tag: 'Forbidden' } })
    expect(await editor.companies.put({ name: ' ', phone: 'x' })).toMatchObject({ refusal: { _tag: 'Invalid' } })
    expect(await ana.companies.find({ words: 'ini' })).toEqual([initech])
    expect(await ana.companies.find({ words: '?' })).toEqual([])
    const id = await hears({ address: 'z', email: 'z@initech.example' })
    const proposedCompany = { id: initech.id, name: 'Initech' }
    expect(await value(ana.contacts.get(id))).toMatchObject({ companyName: null, proposedCompany })
    await value(editor.contacts.edit(id, { company: initech.id }))
    expect(await value(ana.contacts.get(id))).toMatchObject({
      company: initech.id,
      companyName: 'Initech',
      proposedCompany: null,
    })
    expect((await editor.contacts.find({ company: initech.id })).items).toMatchObject([{ id }])
    expect(await editor.contacts.edit(id, { company: 'nowhere' })).toMatchObject({ refusal: { _tag: 'Invalid' } })
    expect(await editor.companies.remove(initech.id)).toEqual({
      ok: false,
      refusal: { _tag: 'InUse', by: `contact ${id}` },
    })
    await value(editor.contacts.edit(id, { company: null }))
    await value(editor.companies.remove(initech.id))
    expect(await ana.companies.get(initech.id)).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
  })
})

describe('remarks', () => {
  it("are everybody's who sees the contact, and are taken back by their author", async () => {
    const { workspace, hears, agent } = await desk()
    const id = await hears({ address: 'z' })
    const [ana, ben] = [workspace.as('ana').contacts, (await agent('ben', [])).contacts]
    const { remarks } = await value(ana.remark(id, 'prefers mornings'))
    expect(remarks).toMatchObject([{ by: 'ana', text: 'prefers mornings' }])
    const [remark] = remarks
    expect(await ben.removeRemark(id, remark?.id ?? '')).toMatchObject({ refusal: { _tag: 'Forbidden' } })
    expect((await value(ana.removeRemark(id, remark?.id ?? ''))).remarks).toEqual([])
    expect(await ana.remark(id, ' ')).toEqual({ ok: false, refusal: { _tag: 'Empty' } })
  })
})
