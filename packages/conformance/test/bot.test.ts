import type { Bot, BotAction, BotContext } from '@guichet/engine/ports'
import { describe, expect, test } from 'vitest'
import { botCases, titleOf } from '../src/index.ts'

const say = (text: string): BotAction => ({ _tag: 'Say', parts: [{ _tag: 'Text', text }] })
const last = ({ messages }: BotContext): string => messages.at(-1)?.text ?? ''

const botOf = (respond: Bot['respond']): Bot => ({ name: 'clerk', spi: 1, respond })

/** Short and right: what the mutants below are made from. */
const clerk = (): Bot =>
  botOf((context) => (last(context).includes('person') ? [say('One moment.'), { _tag: 'HandOver' }] : [say('Yes?')]))

describe('a bot that does everything right', () => {
  for (const each of botCases({ open: clerk, phrases: ['a person'] })) test(titleOf(each), each.run)
})

const never = (): Promise<never> => new Promise(() => undefined)
const circular: Record<string, unknown> = {}
circular['self'] = circular

/** One thing that is wrong with a bot, and the case that has to find it. */
const mutants: ReadonlyArray<readonly [what: string, open: () => Bot, caught: string]> = [
  ['has no name', () => ({ ...clerk(), name: ' ' }), 'has a name'],
  ['has a name of its own each time', () => ({ ...clerk(), name: `clerk ${Math.random()}` }), 'has a name'],
  ['is of another version', () => ({ ...clerk(), spi: 2 as 1 }), 'has a name'],
  [
    'needs a history',
    () => botOf(({ messages }) => [say(messages[0]!.text.slice(0, 3) || 'Yes?')]),
    'answers whatever',
  ],
  [
    'rejects what is not Latin',
    () =>
      botOf((context) =>
        /[^\p{ASCII}\u0080-\u024f]/u.test(last(context)) ? Promise.reject(new Error('?')) : [say('Yes?')],
      ),
    'answers whatever',
  ],
  [
    'believes its memory',
    () =>
      botOf(({ messages }) => {
        const own = messages.findLast(({ bot }) => bot === 'clerk')?.memory
        return [say(own == null ? 'Yes?' : (own as { step: string }).step.trim() || 'Yes?')]
      }),
    'answers whatever',
  ],
  ['never answers', () => botOf(never), 'answers whatever'],
  ['dances', () => botOf(() => [{ _tag: 'Dance' } as unknown as BotAction]), 'wants only'],
  ['answers no list', () => botOf(() => say('Yes?') as unknown as ReadonlyArray<BotAction>), 'wants only'],
  ['says too much', () => botOf(() => [say('x'.repeat(2_001))]), 'wants only'],
  ['repeats whatever it heard', () => botOf((context) => [say(`You said: ${last(context)}`)]), 'wants only'],
  ['says nothing', () => botOf(() => [say(' ')]), 'wants only'],
  ['wants eleven things', () => botOf(() => Array.from({ length: 11 }, () => say('Yes?'))), 'wants only'],
  [
    'remembers what cannot be stored',
    () => botOf(() => [{ ...say('Yes?'), memory: circular } as unknown as BotAction]),
    'wants only',
  ],
  [
    'speaks as the customer',
    () => botOf(() => [{ _tag: 'Say', parts: [{ _tag: 'Chosen', choice: 'a', label: 'A' }] }]),
    'wants only',
  ],
  ['is silent', () => botOf(() => []), 'leaves no customer'],
  ['only files', () => botOf(() => [{ _tag: 'Tag', tags: ['seen'] }]), 'leaves no customer'],
  ['guesses', () => botOf(() => [say(`${Math.random()}`)]), 'answers the same'],
  [
    'counts by itself',
    () => {
      let times = 0
      return botOf(() => [say(`${(times += 1)}`)])
    },
    'answers the same',
  ],
  [
    'goes astray in its second turn',
    () =>
      botOf(({ messages }) =>
        messages.some(({ bot }) => bot === 'clerk') && messages.at(-1)?.text === '2' && messages.at(-2)?.text === 'Yes?'
          ? (() => {
              throw new Error('lost')
            })()
          : [say('Yes?')],
      ),
    'goes on',
  ],
  [
    'writes into what it is shown',
    () =>
      botOf((context) => {
        ;(context.messages as Array<unknown>).push(1)
        return [say('Yes?')]
      }),
    'leaves what',
  ],
  ['tells the workspace', () => botOf(({ workspace }) => [say(`Welcome to ${workspace}`)]), 'tells customers'],
  [
    'tells the conversation',
    () =>
      botOf(({ conversation }) => [
        { _tag: 'Say', parts: [{ _tag: 'Choices', choices: [{ id: conversation, label: 'Yes' }] }] },
      ]),
    'tells customers',
  ],
  ['is deaf', () => botOf(never), 'stops thinking'],
]

describe('a bot is caught that', () => {
  for (const [what, open, caught] of mutants) {
    test(what, async () => {
      const cases = botCases({ open, deadlineMs: 50, runs: 300 }).filter(({ name }) => name.startsWith(caught))
      expect(cases).toHaveLength(1)
      await expect(cases[0]?.run()).rejects.toThrow()
    })
  }
})
