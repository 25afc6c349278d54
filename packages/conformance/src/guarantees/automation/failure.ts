import { manualClock } from '@guichet/engine/memory'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { bodyOf, granted, history, message, officeOf } from '../office.ts'
import { mortal } from '../trouble.ts'
import { echo, say, thinker, told } from './actors.ts'
import { answeredBy, reasons, registered, saidByBots, withBots } from './desk.ts'

const circular: { self?: unknown } = {}
circular.self = circular

/** What can be wrong with an answer, and the reason that people read. */
const bad: ReadonlyArray<readonly [what: string, answer: () => unknown, reason: string]> = [
  ['throws', () => Promise.reject(new Error('no mind')), 'botFailed: bot'],
  ['says nothing at all', () => [], 'botSilent: bot'],
  ['only files and says nothing', () => [{ _tag: 'Tag', tags: ['seen'] }], 'botSilent: bot'],
  ['answers no list', () => ({ _tag: 'Say' }), 'botNonsense: bot'],
  ['answers undefined', () => undefined, 'botNonsense: bot'],
  ['does what there is not', () => [say('hi'), { _tag: 'Dance' }], 'botNonsense: bot'],
  ['says parts that are none', () => [{ _tag: 'Say', parts: [{ _tag: 'Text', text: 12 }] }], 'botNonsense: bot'],
  [
    'says what only customers say',
    () => [{ _tag: 'Say', parts: [{ _tag: 'Chosen', choice: 'a', label: 'A' }] }],
    'botNonsense: bot',
  ],
  ['remembers what is not data', () => [{ ...say('hi'), memory: circular }], 'botNonsense: bot'],
  ['answers with functions', () => [{ ...say('hi'), memory: () => 1 }], 'botFailed: bot'],
  ['wants eleven things', () => Array.from({ length: 11 }, (_, n) => say(`${n}`)), 'botNonsense: bot'],
  ['says only white space', () => [say('  ')], 'botRefused: bot'],
  [
    'sets what is not defined',
    () => [say('hi'), { _tag: 'SetAttributes', of: 'contact', attributes: { age: 3 } }],
    'botRefused: bot',
  ],
]

export const botFailureCases: ReadonlyArray<GuaranteeCase> = [
  ...bad.map(
    ([what, answer, reason]): GuaranteeCase => ({
      name: `G40 a bot that ${what} hands over with a reason that people read, and none of its answer is half done`,
      body: async (rig) => {
        rig.expect('bot bot')
        const office = await withBots(rig, [told('bot', answer)])
        const id = await office.arrives('chat', message('zoe', 'hello'))
        await rig.engine().settle()
        same(await reasons(office, id), [reason], 'the reason')
        same(await saidByBots(office, id), [], 'what the bot said')
        same(rig.provider.inbox('zoe'), [], 'what the customer was told')
        const { unanswered, automated } = await office.as('ana').counts()
        same({ unanswered, automated }, { unanswered: 1, automated: 0 }, 'where it waits')
      },
    }),
  ),
  {
    name: 'G40 a bot that is late is not waited for: people have it after twenty seconds, and its answer is not heard',
    body: async (rig) => {
      rig.expect('bot thinker')
      const bot = thinker()
      const office = await withBots(rig, [bot])
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await bot.thinking()
      rig.clock.advance(19_999)
      same(granted(await office.as('ana').get(id)).control, 'bot', 'who has it before')
      rig.clock.advance(1)
      await rig.engine().settle()
      bot.release()
      await rig.engine().settle()
      same(await reasons(office, id), ['botLate: thinker'], 'the reason')
      same(rig.provider.inbox('zoe'), [], 'what the customer was told')
    },
  },
  {
    name: 'G40 a bot is told when nobody wants its answer any more',
    body: async (rig) => {
      rig.expect('bot bot')
      let toldSo: (() => void) | undefined
      const aborted = new Promise<void>((resolve) => {
        toldSo = resolve
      })
      let begun: (() => void) | undefined
      const asked = new Promise<void>((resolve) => {
        begun = resolve
      })
      const bot = told('bot', (_, { signal }) => {
        begun?.()
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            toldSo?.()
            reject(signal.reason)
          })
        })
      })
      const office = await withBots(rig, [bot])
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await asked
      granted(await office.as('ana').claim(id))
      await aborted
      await rig.engine().settle()
      same(await reasons(office, id), [], 'reasons')
    },
  },
  {
    name: 'G40 a bot that talks to itself is handed over: ten messages in a row are enough',
    body: async (rig) => {
      const bot = told('bot', () => [1, 2, 3].map((n) => say(`${n}`)))
      const office = await withBots(rig, [bot])
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await rig.engine().settle()
      for (let turn = 0; turn < 3; turn += 1) {
        granted(await office.as('ana').runBot(id, { bot: 'bot' }))
        await rig.engine().settle()
      }
      same((await saidByBots(office, id)).length, 9, 'what it said')
      same(await reasons(office, id), ['botOverflow: bot'], 'the reason')
      same(granted(await office.as('ana').get(id)).control, 'team', 'who has it')
    },
  },
  {
    name: 'G40 a bot that was run by hand and failed says so in the journal, and takes nothing from anybody',
    body: async (rig) => {
      rig.expect('bot bot')
      const office = await withBots(rig, [told('bot', () => Promise.reject(new Error('no mind')))], { bots: [] })
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await ana.claim(id))
      granted(await ana.runBot(id, { bot: 'bot' }))
      await rig.engine().settle()
      const { entries } = await history(ana, id)
      same(entries.at(-1)?.what, { _tag: 'BotFinished', bot: 'bot', reason: 'botFailed: bot' }, 'the journal')
      const { owner, state } = granted(await ana.get(id))
      same([owner, state.askedBot], ['ana', null], 'how it stands')
    },
  },
  {
    name: 'G40 after three failures a bot is left alone for a minute, and the next one is asked instead',
    body: async (rig) => {
      rig.expect('bot first')
      let works = false
      const first = told('first', (context) =>
        works ? [say(`first heard ${context.messages.length}`)] : Promise.reject(new Error('no mind')),
      )
      const second = echo('second')
      const office = await withBots(rig, [first, second])
      const asks = async (who: string): Promise<ReadonlyArray<string>> => {
        await office.deliver('chat', message(who, 'hello'))
        await rig.engine().settle()
        return rig.provider.inbox(who)
      }
      for (const who of ['a', 'b', 'c']) same(await asks(who), [], `what ${who} was told`)
      same(await asks('d'), ['you said hello'], 'what d was told')
      rig.clock.advance(59_999)
      same(await asks('e'), ['you said hello'], 'what e was told')
      same([first.asked(), second.asked()], [3, 2], 'how often they were asked')
      works = true
      rig.clock.advance(1)
      same(await asks('f'), ['first heard 1'], 'what f was told')
    },
  },
  {
    name: 'G40 a bot that is not there any more leaves nobody waiting',
    body: async (rig) => {
      const office = await withBots(rig, [echo()])
      const later = officeOf(await rig.restart(), office.id)
      const id = await later.arrives('chat', message('zoe', 'hello'))
      await rig.engine().settle()
      same(await reasons(later, id), ['noBot'], 'the reason')
      same(granted(await later.as('ana').get(id)).control, 'team', 'who has it')
    },
  },
  {
    name: 'G40 an account is only given bots that are there, and is told which are not',
    body: async (rig) => {
      const office = await withBots(rig, [echo()])
      const draft = { id: 'chat', channel: 'chat', queue: 'desk', settings: { secret: 's' } }
      for (const [bots, word] of [
        [['echo', 'ghost'], 'ghost'],
        [['echo', 'echo'], 'once'],
        [true, 'list'],
      ] as const) {
        const outcome = await office.workspace.accounts.put({
          ...draft,
          bots: bots as unknown as ReadonlyArray<string>,
        })
        assert(!outcome.ok && outcome.refusal._tag === 'Invalid', `${JSON.stringify(bots)} was accepted`)
        assert(
          outcome.refusal.issues.join().includes(word),
          `it does not say ${word}: ${outcome.refusal.issues.join()}`,
        )
      }
    },
  },
  {
    name: 'G40 wherever a process dies between a question and its answer, the customer has exactly one answer or people',
    body: async (rig) => {
      const bots = registered([told('bot', () => [say('one'), { _tag: 'Tag', tags: ['seen'] }, say('two')])])
      const survivor = await rig.restart({ bots })
      const office = await rig.office()
      await answeredBy(office.workspace, [{ name: 'bot' }])
      rig.expect('receive', 'work', 'bot')
      for (const fate of ['refused', 'unheard'] as const) {
        for (let at = 1; ; at += 1) {
          const who = `zoe ${fate} ${at}`
          let armed = false
          const { storage, died } = mortal(rig.store(), { at, fate }, () => armed)
          const dying = await rig.start({ bots, storage, clock: manualClock(rig.clock.now()) })
          armed = true
          await officeOf(dying, office.id)
            .post('exact', bodyOf([message(who, 'hello')]))
            .catch(() => undefined)
          await dying.settle().catch(() => undefined)
          await dying.close()
          // Whoever held its work is gone; and the provider asks again when it was not answered.
          rig.clock.advance(100_000)
          await office.deliver('exact', message(who, 'hello'))
          await survivor.settle()
          const inbox = rig.provider.inbox(who)
          same(inbox, ['one', 'two'], `what the customer was told when it died at call ${at} (${fate})`)
          if (!died()) break
        }
      }
    },
  },
]
