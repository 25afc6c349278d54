import { type SlashCommand, createEngine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newProvider, openShop, telegraph, until, value } from './telegraph.ts'

const desk = async () => {
  const shop = await openShop()
  onTestFinished(() => shop.engine.close())
  await shop.write('hello')
  const id = await shop.opened()
  const session = (agent: string) => shop.engine.workspace('shop').as(agent)
  return { ...shop, id, session, run: (line: string) => session('ana').slash.run(id, line) }
}

describe('a slash command', () => {
  it('is one of those that are listed, with how to type it', async () => {
    const { session } = await desk()
    expect(
      session('ana')
        .slash.list()
        .map(({ name }) => name),
    ).toEqual(['id', 'note', 'quote', 'rename', 'template'])
    for (const { usage, about } of session('ana').slash.list()) expect([usage, about].join()).not.toBe(',')
  })

  it('renames, notes, quotes, tells the id and inserts a template', async () => {
    const { run, session, id, engine, provider } = await desk()
    const { conversations, templates } = session('ana')
    const own = { _tag: 'Own', agent: 'ana' } as const
    await value(templates.put({ title: 'Hello', text: 'Hello {{contact.name|there}}', scope: own, shortcut: 'hi' }))

    expect(await value(run('/rename Lost parcel'))).toEqual({ _tag: 'Done' })
    expect((await value(conversations.get(id))).title).toBe('Lost parcel')
    expect(await value(run('/rename'))).toEqual({ _tag: 'Done' })
    expect((await value(conversations.get(id))).title).toBeNull()

    expect(await value(run('/note ask Ben\nabout it'))).toEqual({ _tag: 'Done' })
    const { messages } = await value(conversations.timeline(id))
    expect(messages.at(-1)).toMatchObject({ direction: 'note', text: 'ask Ben\nabout it' })

    expect(await value(run('/quote'))).toEqual({ _tag: 'Insert', text: '', quote: 1 })
    expect(await value(run('/quote #1'))).toEqual({ _tag: 'Insert', text: '', quote: 1 })
    expect(await run('/quote 2')).toEqual({ ok: false, refusal: { _tag: 'UnknownMessage', message: 2 } })
    expect(await run('/quote him')).toMatchObject({ refusal: { _tag: 'Invalid' } })

    expect(await value(run('/id'))).toEqual({ _tag: 'Tell', text: id })
    expect(await value(run('/template hi'))).toEqual({ _tag: 'Insert', text: 'Hello there' })
    expect(await run('/template bye')).toEqual({ ok: false, refusal: { _tag: 'UnknownTemplate', template: 'bye' } })
    expect(await run('/note')).toEqual({ ok: false, refusal: { _tag: 'Empty' } })
    await engine.settle()
    expect(provider.wires).toEqual([])
  })

  it('that is not known is refused with those that are, and nothing is told of what one may not see', async () => {
    const { run, session, id } = await desk()
    const known = ['id', 'note', 'quote', 'rename', 'template']
    expect(await run('/reanme x')).toEqual({
      ok: false,
      refusal: { _tag: 'UnknownSlashCommand', name: 'reanme', known },
    })
    expect(await run('//')).toEqual({ ok: false, refusal: { _tag: 'UnknownSlashCommand', name: '//', known } })
    expect(await session('eve').slash.run(id, '/id')).toEqual({ ok: false, refusal: { _tag: 'NotFound' } })
  })
})

describe('slash commands of a host', () => {
  const start = (slash: Readonly<Record<string, SlashCommand>>) =>
    createEngine({ storage: memoryStorage(), channels: { telegraph: telegraph(newProvider()) }, slash })
  const command = (run: SlashCommand['run']): SlashCommand => ({ usage: 'x', about: 'x', run })

  const opened = async (run: SlashCommand['run']) => {
    const shop = await openShop({ options: { slash: { vip: command(run) } } })
    onTestFinished(() => shop.engine.close())
    await shop.write('hello')
    const { clock, problems } = shop
    return { ana: shop.engine.workspace('shop').as('ana'), id: await shop.opened(), clock, problems }
  }

  it('act as who typed them, beside the built-in ones', async () => {
    const { ana, id } = await opened(async ({ session, conversation, argument }) => {
      const tagged = await session.conversations.tag(conversation.id, { tags: ['vip', argument] })
      return tagged.ok ? { ok: true, value: { _tag: 'Tell', text: `${session.agent} knows` } } : tagged
    })
    expect(ana.slash.list().map(({ name }) => name)).toContain('vip')
    expect(await value(ana.slash.run(id, '/vip gold'))).toEqual({ _tag: 'Tell', text: 'ana knows' })
    expect((await value(ana.conversations.get(id))).tags).toEqual(['vip', 'gold'])
    expect(await ana.slash.run(id, '/vip gold')).toEqual({ ok: false, refusal: { _tag: 'NothingToDo' } })
  })

  it('that never answers is given up after twenty seconds', async () => {
    const { ana, id, clock, problems } = await opened(() => new Promise(() => undefined))
    const failure = ana.slash.run(id, '/vip').catch((error: unknown) => error)
    await until(clock, () => problems.length > 0)
    expect(await failure).toMatchObject({ name: 'EngineError', code: 'Defect' })
  })

  it.each([
    ['throws', async () => Promise.reject(new Error('out of order'))],
    ['answers nonsense', async () => ({ ok: true, value: { _tag: 'Insert' } })],
    ['answers nothing', async () => undefined],
  ])('that %s fails by itself, and the host hears of it', async (_, run) => {
    const { ana, id, problems } = await opened(run as unknown as SlashCommand['run'])
    await expect(ana.slash.run(id, '/vip')).rejects.toMatchObject({ name: 'EngineError', code: 'Defect' })
    expect(problems).toEqual(['slash vip'])
    expect(await value(ana.slash.run(id, '/id'))).toEqual({ _tag: 'Tell', text: id })
  })

  it.each([
    ['the name of a built-in one', { quote: command(async () => ({ ok: true, value: { _tag: 'Done' } })) }],
    ['a name that cannot be typed', { 'Two words': command(async () => ({ ok: true, value: { _tag: 'Done' } })) }],
    ['nothing to run', { vip: { usage: 'vip', about: 'x' } as unknown as SlashCommand }],
  ])('do not fit together with %s', async (_, slash) => {
    await expect(start(slash)).rejects.toMatchObject({ name: 'EngineError', code: 'Misconfigured' })
  })
})
