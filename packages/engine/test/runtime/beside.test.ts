import { memoryStorage } from '@guichet/engine/memory'
import type { Channel, ChannelCapabilities, ProfileOutcome, Rendered, Signal, Storage } from '@guichet/engine/ports'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, until, value } from './telegraph.ts'

const all: NonNullable<ChannelCapabilities['signals']> = ['Read', 'Typing', 'Reaction', 'Control']
const asWire = (signal: Signal): Rendered<string> => ({ _tag: 'Rendered', wires: [JSON.stringify(signal)] })

/** A shop whose customers are told more than messages; what they are told is a wire in JSON. */
const told = async (channel: Partial<Channel<unknown, string>> = {}, over: Parameters<typeof openShop>[0] = {}) => {
  const shop = await openShop({
    ...over,
    capabilities: { signals: all, ...over.capabilities },
    channel: { signal: asWire, ...channel },
  })
  onTestFinished(() => shop.engine.close())
  const { conversations } = shop.engine.workspace('shop').as('ana')
  const heard = (): ReadonlyArray<Signal> =>
    shop.provider.wires.filter((wire) => wire.startsWith('{')).map((wire) => JSON.parse(wire))
  return { ...shop, conversations, heard }
}

describe('a channel that promises what it has not', () => {
  it('is not started with', async () => {
    const opening = (capabilities: Partial<ChannelCapabilities>) => openShop({ capabilities })
    await expect(opening({ signals: ['Read'] })).rejects.toThrow('says it has signals but has no signal')
    await expect(opening({ profiles: true })).rejects.toThrow('says it has profiles but has no profile')
  })
})

describe('a signal that makes no sense', () => {
  for (const [what, signal] of [
    ['throws', () => Promise.reject(new Error('broken'))],
    ['answers nonsense', () => 'yes' as unknown as Rendered<string>],
  ] as const) {
    it(`G48 of a channel that ${what} costs no message and is shown to have failed`, async () => {
      const { engine, write, opened, conversations, provider, problems } = await told({ signal })
      await write('Bonjour')
      const id = await opened()
      await value(conversations.react(id, { message: 1, emoji: '👍' }))
      await conversations.typing(id, true)
      await value(conversations.reply(id, { text: 'Bonsoir' }))
      await engine.settle()
      expect(provider.wires).toEqual(['Bonsoir'])
      expect(new Set(problems)).toEqual(new Set(['signal of telegraph']))
      const { messages } = await value(conversations.timeline(id))
      expect(messages[0]?.reactions).toMatchObject([{ emoji: '👍', failed: { code: 'unsupported' } }])
    })
  }

  it('is not asked for where the channel does not name it', async () => {
    const { engine, write, opened, conversations, heard } = await told({}, { capabilities: { signals: ['Read'] } })
    await write('Bonjour')
    const id = await opened()
    await value(conversations.react(id, { message: 1, emoji: '👍' }))
    await conversations.typing(id, true)
    await value(conversations.markRead(id))
    await engine.settle()
    expect(heard().map(({ _tag }) => _tag)).toEqual(['Read'])
  })
})

describe('what is told beside messages', () => {
  it('G17 is nothing when there is no wire for it, and that is no failure', async () => {
    const { engine, write, opened, conversations, provider } = await told({
      signal: () => ({ _tag: 'Rendered', wires: [] }),
    })
    await write('Bonjour')
    const id = await opened()
    await value(conversations.react(id, { message: 1, emoji: '👍' }))
    await engine.settle()
    const { entries } = await value(conversations.timeline(id))
    expect([provider.wires, entries.at(-1)?.what._tag]).toEqual([[], 'Reacted'])
  })

  it('G17 waits with everything else when the credentials of its account are refused', async () => {
    const { engine, write, opened, conversations, provider, clock, heard } = await told()
    await write('Bonjour')
    const id = await opened()
    provider.answer = () => ({ _tag: 'Rejected', code: '190', reason: 'the token has expired', because: 'auth' })
    await value(conversations.react(id, { message: 1, emoji: '👍' }))
    await engine.settle()
    provider.answer = () => ({ _tag: 'Accepted' })
    await value(conversations.reply(id, { text: 'Bonsoir' }))
    await conversations.typing(id, true)
    await value(conversations.markRead(id))
    await engine.settle()
    expect(heard()).toHaveLength(1)
    await value(engine.workspace('shop').accounts.resume('wire'))
    for (let times = 0; times < 3; times += 1) {
      clock.advance(300_000)
      await engine.settle()
    }
    expect(heard().map(({ _tag }) => _tag)).toEqual(['Reaction', 'Reaction'])
    expect(provider.wires).toContain('Bonsoir')
  })

  it('G38 is of the message where it stands now, when it was moved before it left', async () => {
    const { engine, write, opened, conversations, provider, clock, heard } = await told()
    await write('Bonjour')
    await write('Et autre chose')
    const id = await opened()
    provider.answer = () => ({ _tag: 'Retry', reason: 'busy' })
    await value(conversations.react(id, { message: 2, emoji: '👍' }))
    await engine.settle()
    provider.answer = () => ({ _tag: 'Accepted' })
    await value(engine.workspace('shop').as('chloe').conversations.split(id, { message: 2 }))
    clock.advance(60_000)
    await engine.settle()
    expect(heard().at(-1)).toMatchObject({ _tag: 'Reaction', externalId: 'in-2', emoji: '👍' })
  })

  it('is said of no message that its account does not know', async () => {
    const { engine, write, opened, conversations, heard } = await told()
    await engine.workspace('shop').accounts.put({ id: 'other', channel: 'telegraph', queue: 'desk' })
    const nameless = { externalId: '' }
    await write('Bonjour', nameless)
    const id = await opened()
    await value(conversations.react(id, { message: 1, emoji: '👍' }))
    await value(conversations.markRead(id))
    await engine.settle()
    expect(heard()).toEqual([])
    const { entries } = await value(conversations.timeline(id))
    expect(entries.at(-1)?.what).toMatchObject({ _tag: 'ReactionFailed', error: { code: 'unknownMessage' } })
  })

  it('shows that a bot thinks, until it has answered', async () => {
    let answer = (): void => undefined
    const waiting = new Promise<void>((resolve) => (answer = resolve))
    const slow = {
      name: 'slow',
      spi: 1 as const,
      respond: async () => {
        await waiting
        return [{ _tag: 'Say' as const, parts: [{ _tag: 'Text' as const, text: 'Voilà' }] }]
      },
    }
    const { engine, write, heard, clock } = await told({}, { options: { bots: { slow } } })
    const account = { id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['slow'], handover: null }
    await value(engine.workspace('shop').accounts.put(account))
    await write('Bonjour')
    await until(clock, () => heard().length > 0)
    expect(heard()).toEqual([{ _tag: 'Typing', to: 'claire', on: true, answers: 'in-1' }])
    answer()
    await engine.settle()
    expect(heard().map((signal) => signal._tag === 'Typing' && signal.on)).toEqual([true, false])
  })

  it('G31 is how it is by then where a provider was slow, and nothing of what has passed meanwhile', async () => {
    const { engine, write, opened, conversations, provider, clock, heard } = await told()
    await write('Bonjour')
    const id = await opened()
    let answer = (): void => undefined
    provider.answer = () => new Promise((resolve) => (answer = () => resolve({ _tag: 'Accepted' })))
    await conversations.typing(id, true)
    await until(clock, () => heard().length > 0)
    for (let times = 0; times < 5; times += 1) {
      await conversations.typing(id, false)
      clock.advance(8_000)
      await conversations.typing(id, true)
    }
    await conversations.typing(id, false)
    provider.answer = () => ({ _tag: 'Accepted' })
    answer()
    await engine.settle()
    expect(heard().map((signal) => signal._tag === 'Typing' && signal.on)).toEqual([true, false])
  })

  it('waits for no provider longer than others do when it was on its way as the engine closed', async () => {
    const kept = memoryStorage()
    let open = (): void => undefined
    const gate = new Promise<void>((resolve) => (open = resolve))
    let asked = false
    const storage: Storage = {
      ...kept,
      timeline: async (query) => {
        asked = true
        await gate
        return kept.timeline(query)
      },
    }
    const { engine, write, opened, conversations, provider, clock } = await told({}, { storage })
    await write('Bonjour')
    const id = await opened()
    provider.answer = () => new Promise(() => undefined)
    await conversations.typing(id, true)
    await until(clock, () => asked)
    let closed = false
    const closing = engine.close().then(() => (closed = true))
    await new Promise((resolve) => setImmediate(resolve))
    open()
    for (let turns = 0; provider.wires.length === 0 && turns < 1_000; turns += 1) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(provider.wires).toHaveLength(1)
    clock.advance(10_000)
    for (let turns = 0; !closed && turns < 1_000; turns += 1) await new Promise((resolve) => setImmediate(resolve))
    const inTime = closed
    clock.advance(60_000)
    await closing
    expect(inTime).toBe(true)
  })

  it('is given up when the engine closes, and holds nothing up', async () => {
    const { engine, write, opened, conversations, provider, clock } = await told()
    await write('Bonjour')
    const id = await opened()
    provider.answer = () => ({ _tag: 'Retry', reason: 'busy' })
    await value(conversations.markRead(id))
    await engine.settle()
    await engine.close()
    clock.advance(60_000)
    expect(provider.wires).toHaveLength(1)
  })
})

describe('a profile that makes no sense', () => {
  for (const [what, outcome] of [
    ['is none', 'Zoé' as unknown as ProfileOutcome],
    ['has a name that is none', { _tag: 'Found', name: 42 } as unknown as ProfileOutcome],
  ] as const) {
    it(`G48 because it ${what} is as if it were not there`, async () => {
      const { engine, write, opened, conversations, clock } = await told(
        { profile: () => outcome },
        { capabilities: { profiles: true } },
      )
      await write('Bonjour')
      await engine.settle()
      clock.advance(60_000)
      await engine.settle()
      expect((await value(conversations.get(await opened()))).contact.name).toBeNull()
    })
  }
})
