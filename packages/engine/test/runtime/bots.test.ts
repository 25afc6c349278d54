import type { Bot, BotAction } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { detailsIn, withDetails } from '../../src/runtime/bots/details.ts'
import { newContact } from '../../src/domain/contact/fields.ts'
import { openShop, value } from './telegraph.ts'

const botOf = (name: string, ...answers: ReadonlyArray<ReadonlyArray<BotAction>>): Bot => {
  let turn = 0
  return { name, spi: 1, respond: () => answers[Math.min(turn++, answers.length - 1)] ?? [] }
}

const say = (text: string): BotAction => ({ _tag: 'Say', parts: [{ _tag: 'Text', text }] })

const shopWith = async (bot: Bot, language?: string) => {
  const shop = await openShop({
    options: { bots: { [bot.name]: bot } },
    capabilities: { parts: ['Form', 'FormAnswer'] },
    channel: {
      render: (message) => ({
        _tag: 'Rendered',
        wires: message.parts.map((part) =>
          part._tag === 'Text' ? part.text : part._tag === 'Form' ? JSON.stringify(part.form) : part._tag,
        ),
      }),
    },
  })
  const workspace = shop.engine.workspace('shop')
  await value(workspace.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', bots: [bot.name] }))
  const from = { address: '+41', ...(language === undefined ? {} : { language }) }
  return { ...shop, workspace, from }
}

describe('a handover on a channel that shows forms', () => {
  it('asks first name and email by default, in the language of the contact, and the answer lands on the contact', async () => {
    const bot = botOf('porter', [say('Un instant.'), { _tag: 'HandOver', reason: 'asked' }])
    const { engine, workspace, write, from, provider } = await shopWith(bot, 'fr-CH')
    expect(await workspace.accounts.get('wire')).toMatchObject({
      handover: { ask: ['firstName', 'email'], waitMs: 900_000 },
    })
    await write('Bonjour', { from })
    await engine.settle()
    expect(provider.wires.slice(0, 2)).toEqual([
      'Un instant.',
      'Un collègue va prendre le relais. Pour que nous puissions vous joindre :',
    ])
    const form = JSON.parse(provider.wires[2] ?? '') as { id: string; fields: ReadonlyArray<unknown> }
    expect(form).toMatchObject({ id: 'handover', fields: [{ label: 'Prénom' }, { label: 'E-mail', kind: 'email' }] })
    const values = { firstName: 'Zoé', email: 'zoe@example.org' }
    await write('', { from, parts: [{ _tag: 'FormAnswer', form: 'handover', values }] })
    await engine.settle()
    const { items } = await workspace.as('chloe').conversations.list()
    expect(items[0]).toMatchObject({ control: 'team' })
    const { contact } = await value(workspace.as('chloe').conversations.get(items[0]?.id ?? ''))
    const found = await value(workspace.as('chloe').contacts.get(contact.id))
    expect(JSON.stringify(found)).toContain('"firstName":"Zoé"')
    expect(JSON.stringify(found)).toContain('zoe@example.org')
    await engine.close()
  })

  it('asks nothing where the account says so, and nothing of who is asked for nothing', async () => {
    const { engine, workspace, write, from } = await shopWith(botOf('porter', [{ _tag: 'HandOver' }]))
    const account = { id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['porter'] }
    await value(workspace.accounts.put({ ...account, handover: null }))
    await write('Bonjour', { from })
    await engine.settle()
    const { items } = await workspace.as('chloe').conversations.list({ tab: 'open' })
    expect(items).toHaveLength(1)
    const invalid = { ask: ['shoeSize' as 'email'], waitMs: 0 }
    const outcome = await workspace.accounts.put({ ...account, handover: invalid })
    expect(outcome).toMatchObject({ ok: false, refusal: { _tag: 'Invalid', what: 'account' } })
    if (!outcome.ok && outcome.refusal._tag === 'Invalid') expect(outcome.refusal.issues).toHaveLength(2)
    await engine.close()
  })
})

describe('what a bot writes down', () => {
  it('lands on the conversation and on the contact, whose journal says which bot it was', async () => {
    const attributes = { plan: 'pro' }
    const bot = botOf('clerk', [
      say('Noted.'),
      { _tag: 'Tag', tags: ['sales'] },
      { _tag: 'SetAttributes', of: 'conversation', attributes: { urgent: true } },
      { _tag: 'SetAttributes', of: 'contact', attributes },
    ])
    const { engine, workspace, write, from, problems } = await shopWith(bot)
    await value(workspace.attributes.put({ id: 'plan', name: 'Plan', on: 'contact', kind: 'text' }))
    await value(workspace.attributes.put({ id: 'urgent', name: 'Urgent', on: 'conversation', kind: 'boolean' }))
    await write('I have the pro plan', { from })
    await engine.settle()
    expect(problems).toEqual([])
    const { items } = await workspace.as('chloe').conversations.list()
    expect(items[0]).toMatchObject({ tags: ['sales'], control: 'bot' })
    const { contact, state } = await value(workspace.as('chloe').conversations.get(items[0]?.id ?? ''))
    expect(state.attributes).toEqual({ urgent: true })
    const found = await value(workspace.as('chloe').contacts.get(contact.id))
    expect(JSON.stringify(found)).toContain(JSON.stringify(attributes))
    const edited: Array<unknown> = []
    for await (const item of workspace.feed({ since: 0 })) {
      if (item._tag === 'Contact' && item.entry.what._tag === 'ContactEdited') edited.push(item.entry)
      if (edited.length === 1) break
    }
    expect(edited).toMatchObject([
      { actor: { kind: 'bot', id: 'clerk' }, what: { _tag: 'ContactEdited', fields: ['custom'] } },
    ])
    await engine.close()
  })
})

describe('contact details', () => {
  const words = (text: string) => [{ _tag: 'Text' as const, text }]
  const all = ['firstName', 'name', 'email', 'phone'] as const

  it('are found in running text, in whatever stands around them', () => {
    for (const [text, details] of [
      ['zoe@example.org', { email: 'zoe@example.org' }],
      ['It is <zoe.b+shop@mail.example.org>, thanks.', { email: 'zoe.b+shop@mail.example.org' }],
      ['call +33 6 12 34 56 78 please', { phone: '+33 6 12 34 56 78' }],
      ['022 345 67 89 or zoe@example.org.', { phone: '022 345 67 89', email: 'zoe@example.org' }],
      ['order 1234567, thanks', {}],
      ['no idea @ all', {}],
      ['@'.repeat(20_000), {}],
      [`${'a'.repeat(20_000)}@example.org`, {}],
    ] as const) {
      expect([text.slice(0, 60), detailsIn(words(text), all)]).toEqual([text.slice(0, 60), details])
    }
  })

  it('are only taken when they were asked for', () => {
    expect(detailsIn(words('zoe@example.org +33 6 12 34 56 78'), ['phone'])).toEqual({ phone: '+33 6 12 34 56 78' })
  })

  it('are taken from a form field by field: what is wrong does not cost the others', () => {
    const values = { firstName: ' Zoé ', email: 'zoe', phone: 'x'.repeat(300), size: 'L', name: 12 }
    expect(detailsIn([{ _tag: 'FormAnswer', form: 'handover', values }], all)).toEqual({ firstName: 'Zoé' })
    expect(detailsIn([{ _tag: 'FormAnswer', form: 'other', values }], all)).toEqual({})
  })

  it('fill gaps and replace nothing', () => {
    const contact = newContact('c', { name: 'Zoé B.', emails: ['Zoe@example.org'] }, 0)
    expect(withDetails(contact, { name: 'Mallory', email: 'zoe@example.org' })).toBe(contact)
    expect(withDetails(contact, { phone: '+41', firstName: 'Zoé' })).toMatchObject({
      phones: ['+41'],
      firstName: 'Zoé',
    })
  })
})
