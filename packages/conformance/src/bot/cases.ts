import type { Bot, BotAction, BotContext, BotMessage } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { holds } from '../property.ts'
import { within } from '../within.ts'
import { anyContext, anyQuestion } from './contexts.ts'
import type { BotBench, BotCase, BotHarness } from './harness.ts'
import { answers, assertSensible } from './sensible.ts'

const area = 'bot'

const freeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

/** What it says, as the customer may read it. */
const spoken = (answer: ReadonlyArray<BotAction>): string =>
  answer.map((action) => (action._tag === 'Say' ? JSON.stringify(action.parts) : '')).join('\n')

/** The conversation after the bot has answered and the customer has written on. */
const goesOn = (context: BotContext, name: string, answer: ReadonlyArray<BotAction>, text: string): BotContext => {
  const said = answer.flatMap((action): ReadonlyArray<Omit<BotMessage, 'seq'>> => {
    if (action._tag !== 'Say') return []
    const words = action.parts.map((part) => (part._tag === 'Text' ? part.text : '')).join('\n')
    const { parts, memory = null } = action
    return [{ by: 'bot', bot: name, parts, text: words, sentAt: 1, memory }]
  })
  const next = { by: 'contact', bot: null, parts: [{ _tag: 'Text', text }], text, sentAt: 2, memory: null } as const
  const messages = [...context.messages, ...said, next].map((message, index) => ({ ...message, seq: index + 1 }))
  return { ...context, cause: 'message', messages }
}

const all: ReadonlyArray<BotCase> = [
  {
    area,
    name: 'has a name, and speaks the version of the port that engines speak',
    body: async ({ open }) => {
      const { name, spi } = open()
      assert(typeof name === 'string' && name.trim() !== '', 'a bot has a name')
      same(spi, 1, 'the version of the port')
      same(open().name, name, 'the name of the same bot, opened again')
    },
  },
  {
    area,
    name: 'answers whatever it is shown, in time: no history, any language, every kind of part, a memory not its own',
    guarantee: 'G40',
    body: async ({ open, phrases, runs, ask }) => {
      const bot = open()
      await holds(
        fc.asyncProperty(anyContext(bot.name, phrases), async (context) => void (await ask(bot, context))),
        runs,
      )
    },
  },
  {
    area,
    name: 'wants only what engines carry out',
    guarantee: 'G40',
    body: async ({ open, phrases, runs, ask, maxTextLength }) => {
      const bot = open()
      await holds(
        fc.asyncProperty(anyContext(bot.name, phrases), async (context) => {
          assertSensible(await ask(bot, context), maxTextLength)
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'leaves no customer without an answer: it speaks, closes or hands over',
    guarantee: 'G40',
    body: async ({ open, phrases, runs, ask }) => {
      const bot = open()
      await holds(
        fc.asyncProperty(anyQuestion(bot.name, phrases), async (context) => {
          assert(answers(await ask(bot, context)), 'the customer hears nothing, and nobody is called')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'answers the same conversation alike, whichever of its copies is asked and whatever it was asked before',
    guarantee: 'G39',
    body: async ({ open, phrases, runs, ask }) => {
      const [one, other] = [open(), open()]
      await holds(
        fc.asyncProperty(anyContext(one.name, phrases), anyContext(one.name, phrases), async (context, between) => {
          const first = await ask(one, context)
          await ask(one, between)
          same(await ask(one, context), first, 'the answer of the same copy, asked again')
          same(await ask(other, context), first, 'the answer of another copy')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'goes on from its own memory, turn after turn',
    body: async ({ open, phrases, runs, ask, maxTextLength }) => {
      const { name } = open()
      const said = fc.array(fc.oneof(fc.constantFrom('1', '2', ...phrases), fc.string({ maxLength: 20 })), {
        minLength: 1,
        maxLength: 6,
      })
      await holds(
        fc.asyncProperty(anyQuestion(name, phrases), said, async (context, turns) => {
          let now = context
          for (const text of turns) {
            // A copy that has never seen this conversation takes over at every turn.
            const answer = await ask(open(), now)
            assertSensible(answer, maxTextLength)
            now = goesOn(now, name, JSON.parse(JSON.stringify(answer)) as ReadonlyArray<BotAction>, text)
          }
        }),
        Math.ceil(runs / 4),
      )
    },
  },
  {
    area,
    name: 'leaves what it is shown as it is',
    body: async ({ open, phrases, runs, ask }) => {
      const bot = open()
      await holds(
        fc.asyncProperty(anyContext(bot.name, phrases), async (context) => {
          const before = JSON.stringify(context)
          await ask(bot, freeze(context))
          same(JSON.stringify(context), before, 'what it was shown')
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'tells customers nothing of what only the house knows: ids, and what it remembers',
    guarantee: 'G42',
    body: async ({ open, phrases, runs, ask }) => {
      const bot = open()
      await holds(
        fc.asyncProperty(anyContext(bot.name, phrases), async (context) => {
          const told = spoken(await ask(bot, context))
          for (const hidden of [context.workspace, context.conversation, context.account]) {
            assert(!told.includes(hidden), `it told the customer ${hidden}`)
          }
        }),
        runs,
      )
    },
  },
  {
    area,
    name: 'stops thinking when it is told to',
    guarantee: 'G40',
    body: async ({ open, phrases }) => {
      const bot = open()
      const [context] = fc.sample(anyQuestion(bot.name, phrases), { numRuns: 1, seed: 1 })
      assert(context !== undefined, 'there is always a context')
      for (const moment of ['before', 'meanwhile'] as const) {
        const stop = new AbortController()
        if (moment === 'before') stop.abort(new Error('nobody wants to know any more'))
        const asking = within(1_000, `it was told to stop ${moment}, and went on`, async () =>
          // It may answer or give up; it may not go on.
          Promise.resolve(bot.respond(context, { signal: stop.signal, now: 0 })).catch(() => undefined),
        )
        stop.abort(new Error('nobody wants to know any more'))
        await asking
      }
    },
  },
]

/**
 * What every bot must do, for any test runner: it answers whatever it is shown, in time and alike, wants only what an
 * engine carries out, leaves nobody without an answer, and stops when it is told to.
 *
 * @example
 * ```ts
 * import { botCases, titleOf } from '@guichet/conformance'
 * import type { Bot } from '@guichet/engine/ports'
 *
 * const greeter: Bot = {
 *   name: 'greeter',
 *   spi: 1,
 *   respond: () => [{ _tag: 'Say', parts: [{ _tag: 'Text', text: 'Hello' }] }, { _tag: 'HandOver' }],
 * }
 * for (const each of botCases({ open: () => greeter, runs: 5 })) {
 *   // With a test runner: test(titleOf(each), each.run)
 *   await each.run().catch((error) => console.log(titleOf(each), error))
 * }
 * ```
 */
export const botCases = (harness: BotHarness): ReadonlyArray<ConformanceCase> => {
  const { open, phrases = [], maxTextLength = 2_000, deadlineMs = 20_000, runs = 200 } = harness
  const ask: BotBench['ask'] = (bot: Bot, context) => {
    const stop = new AbortController()
    return within(deadlineMs, 'no answer', async () => bot.respond(context, { signal: stop.signal, now: 0 })).finally(
      () => stop.abort(),
    )
  }
  const bench: BotBench = { open, phrases, maxTextLength, deadlineMs, runs, ask }
  return all.map(({ body, ...known }) => ({ ...known, run: () => body(bench) }))
}
