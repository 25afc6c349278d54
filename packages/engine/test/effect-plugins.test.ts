import { botFromEffect, translatorFromEffect } from '@guichet/engine/effect'
import * as Context from 'effect/Context'
import * as Effect from 'effect/Effect'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop, until, value } from './runtime/telegraph.ts'

class Words extends Context.Service<Words, { readonly of: (words: string) => Effect.Effect<string, string> }>()(
  'test/Words',
) {}

/** Writes down what it is given, and what is given up while it waits. */
const listening = () => {
  const log: Array<string> = []
  const hanging = Effect.onInterrupt(Effect.never, () => Effect.sync(() => void log.push('given up')))
  const words = Words.of({
    of: (given) => {
      log.push(given)
      if (given === 'hang') return hanging
      return given === 'fail' ? Effect.fail('no words') : Effect.succeed(`(${given})`)
    },
  })
  return { log, words }
}

const echo = botFromEffect({
  name: 'echo',
  spi: 1,
  respond: ({ messages }) =>
    Effect.gen(function* () {
      const text = yield* (yield* Words).of(messages.at(-1)?.text ?? '')
      return [{ _tag: 'Say', parts: [{ _tag: 'Text', text }] } as const]
    }),
})

const bracketing = translatorFromEffect({
  name: 'bracketing',
  spi: 1,
  capabilities: { detect: true, translate: true, maxTexts: 10, maxCharacters: 1_000 },
  detect: (texts) => Effect.succeed(texts.map(() => 'de')),
  translate: ({ texts }) =>
    Effect.gen(function* () {
      const words = yield* Words
      const found = yield* Effect.forEach(texts, (text) => words.of(text))
      return found.map((text) => ({ text, from: 'de' }))
    }),
})

describe('a bot written with Effect', () => {
  const asked = async () => {
    const { log, words } = listening()
    const bot = await Effect.runPromise(Effect.provideService(echo, Words, words))
    const shop = await openShop({ options: { bots: { echo: bot } } })
    onTestFinished(() => shop.engine.close())
    const house = shop.engine.workspace('shop')
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', bots: ['echo'], handover: null }))
    const only = async () => {
      const [first] = (await house.as('ana').conversations.list({ tab: 'all' })).items
      if (first === undefined) throw new Error('nothing came')
      return first
    }
    return { ...shop, log, only, ana: house.as('ana').conversations }
  }

  it('answers with the services of the place where it was made', async () => {
    const { engine, write, provider } = await asked()
    await write('Bonjour')
    await engine.settle()
    expect(provider.wires).toEqual(['(Bonjour)'])
  })

  it('hands over when it fails', async () => {
    const { engine, write, only, provider, problems } = await asked()
    await write('fail')
    await engine.settle()
    expect((await only()).control).toBe('team')
    expect(provider.wires).toEqual([])
    expect(problems).toEqual(['bot echo'])
  })

  it('is interrupted when a person steps in', async () => {
    const { engine, write, log, only, ana, clock } = await asked()
    await write('hang')
    await until(clock, () => log.length > 0)
    await value(ana.claim((await only()).id))
    await engine.settle()
    expect(log).toEqual(['hang', 'given up'])
  })
})

describe('a translator written with Effect', () => {
  it('translates and detects, fails as any other does, and is interrupted when it is late', async () => {
    const { log, words } = listening()
    const translator = await Effect.runPromise(Effect.provideService(bracketing, Words, words))
    const shop = await openShop({ options: { translator } })
    onTestFinished(() => shop.engine.close())
    const house = shop.engine.workspace('shop')
    await value(house.accounts.put({ id: 'wire', channel: 'telegraph', queue: 'desk', translate: 'fr' }))
    for (const text of ['Guten Tag', 'fail', 'hang']) {
      await shop.write(text)
      if (text === 'hang') {
        await until(shop.clock, () => log.includes('hang'))
        shop.clock.advance(10_000)
      }
      await shop.engine.settle()
    }
    const { messages } = await value(house.as('ana').conversations.timeline(await shop.opened()))
    expect(messages.map(({ translations }) => [translations[0]?.state, translations[0]?.text])).toEqual([
      ['done', '(Guten Tag)'],
      ['failed', null],
      ['failed', null],
    ])
    expect(log.at(-1)).toBe('given up')
  })
})
