import type { Conversations, Done, Outcome } from '@guichet/engine'
import { botMay, evolve } from '@guichet/engine/domain'
import type { Conversation } from '@guichet/engine/domain'
import { manualClock } from '@guichet/engine/memory'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf, refused } from '../office.ts'
import { type Fate, fated } from '../trouble.ts'
import { echo, say, thinker, told } from './actors.ts'
import { registered, saidByBots, withBots } from './desk.ts'

/** Everything by which a person takes a conversation out of the hands of a bot. */
const steppingIn: ReadonlyArray<
  readonly [what: string, act: (of: Conversations, id: string) => Promise<Outcome<Done>>]
> = [
  ['claims it', (of, id) => of.claim(id)],
  ['answers', (of, id) => of.reply(id, { text: 'I am here' })],
  ['gives it to a colleague', (of, id) => of.assign(id, { agents: ['ben'] })],
  ['transfers it', (of, id) => of.transfer(id, { to: { queue: 'calm' } })],
  ['hands it over', (of, id) => of.handOver(id)],
  ['snoozes it', (of, id) => of.snooze(id)],
  ['closes it', (of, id) => of.close(id)],
  ['marks it as spam', (of, id) => of.spam(id)],
  ['archives it', (of, id) => of.archive(id)],
]

const fromBots = (office: Office, inbox: ReadonlyArray<string>, what: string): void =>
  same(
    inbox.filter((text) => text.includes('your answer')),
    [],
    `${office.id}: what ${what} was told by the bot`,
  )

/** No bot has spoken in a conversation whose gate was closed: read from the journal, whoever decided what. */
const gateWasOpen = async (office: Office, id: string): Promise<void> => {
  const { entries } = await history(office.as('mia'), id)
  let state: Conversation | undefined
  for (const entry of entries) {
    if (entry.actor.kind === 'bot') {
      assert(state !== undefined, 'a bot began the conversation')
      same(botMay(state, entry.actor.id), null, `the gate at entry ${entry.seq} (${entry.what._tag})`)
    }
    state = evolve(state, entry)
  }
}

export const gateCases: ReadonlyArray<GuaranteeCase> = [
  ...steppingIn.map(
    ([what, act]): GuaranteeCase => ({
      name: `G39 what a bot was thinking is dropped when a person ${what} meanwhile, in this process or another`,
      body: async (rig) => {
        for (const elsewhere of [false, true]) {
          const bot = thinker()
          const office = await withBots(rig, [bot])
          const desk = elsewhere ? officeOf(await rig.start({ bots: registered([bot]) }), office.id) : office
          const id = await office.arrives('chat', message('zoe', 'hello'))
          await bot.thinking()
          granted(await act(desk.as('mia'), id))
          bot.release()
          await rig.engine().settle()
          await rig.restart({ bots: registered([bot]) })
          await rig.engine().settle()
          const after = officeOf(rig.engine(), office.id)
          same(await saidByBots(after, id), [], `what the bot said after a person ${what}`)
          fromBots(office, rig.provider.inbox('zoe'), 'the customer')
          await gateWasOpen(after, id)
        }
      },
    }),
  ),
  ...steppingIn.map(
    ([what, act]): GuaranteeCase => ({
      name: `G39 what a bot has said is not sent any more when a person ${what} before it has left`,
      body: async (rig) => {
        const office = await withBots(rig, [told('bot', () => [say('here is your answer')])])
        rig.provider.script('zoe', 'retry')
        const id = await office.arrives('chat', message('zoe', 'hello'))
        await rig.engine().settle()
        same(await saidByBots(office, id), ['here is your answer'], 'what the bot said')
        granted(await act(office.as('mia'), id))
        rig.clock.advance(60_000)
        await rig.engine().settle()
        fromBots(office, rig.provider.inbox('zoe'), 'the customer')
        const { messages } = await history(office.as('mia'), id)
        const delivery = messages.find(({ author }) => author.kind === 'bot')?.delivery
        same([delivery?.status, delivery?.error?.code], ['failed', 'superseded'], 'what became of it')
      },
    }),
  ),
  {
    name: 'G39 at whatever moment of a delivery a person steps in, what has not left by then does not leave any more',
    body: async (rig) => {
      const office = await withBots(rig, [told('bot', () => [say('here is your answer')])])
      const home = rig.engine()
      for (let at = 1; ; at += 1) {
        const who = `zoe ${at}`
        rig.provider.script(who, 'retry')
        const id = await office.arrives('chat', message(who, 'hello'))
        await home.settle()
        let calls = 0
        let armed = false
        let before: number | undefined
        // Looking for more work goes on beside a delivery, also between its mark and its leaving: no moment of it.
        const ofDelivery = (method: string): boolean => armed && method !== 'claim' && method !== 'nextDue'
        const storage = fated(rig.store(), async (method): Promise<Fate> => {
          calls += ofDelivery(method) ? 1 : 0
          if (ofDelivery(method) && calls === at) {
            granted(await office.as('ana').claim(id))
            before = rig.provider.inbox(who).length
          }
          return 'done'
        })
        // Its clock goes ahead: the message is due for it alone.
        const clock = manualClock(rig.clock.now())
        const sending = await rig.start({ storage, clock })
        armed = true
        clock.advance(60_000)
        await sending.settle()
        await sending.close()
        if (before === undefined) {
          same(rig.provider.inbox(who), ['here is your answer'], 'what is told when nobody steps in')
          break
        }
        same(rig.provider.inbox(who).length, before, `what has left after a person stepped in at call ${at}`)
      }
    },
  },
  {
    name: 'G39 a piece of a message that has left stays, and the pieces behind it do not follow when a person steps in',
    body: async (rig) => {
      const parts = ['one of your answer', 'two'].map((text) => ({ _tag: 'Text' as const, text }))
      const office = await withBots(rig, [told('bot', () => [{ _tag: 'Say', parts }])])
      rig.provider.script('zoe', 'hang')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await rig.provider.until(() => rig.provider.attempts().length > 0)
      const desk = officeOf(await rig.start(), office.id)
      const pieces = (async () => rig.engine().settle())()
      granted(await desk.as('ana').claim(id))
      rig.provider.release()
      await pieces
      rig.clock.advance(200_000)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one of your answer'], 'what the customer was told')
    },
  },
  {
    name: 'G39 the last words of a bot before it hands over or closes still leave',
    body: async (rig) => {
      for (const _tag of ['HandOver', 'Close'] as const) {
        const office = await withBots(rig, [told('bot', () => [say(`goodbye ${_tag}`), { _tag }])])
        rig.provider.script(_tag, 'retry')
        const id = await office.arrives('chat', message(_tag, 'hello'))
        await rig.engine().settle()
        rig.clock.advance(60_000)
        await rig.engine().settle()
        same(rig.provider.inbox(_tag), [`goodbye ${_tag}`], 'what the customer was told')
        const { status, control } = granted(await office.as('mia').get(id))
        same([status, control], _tag === 'Close' ? ['closed', 'bot'] : ['open', 'team'], 'how it stands')
      }
    },
  },
  {
    name: 'G39 a bot that is run by hand answers once, whoever has control, and is silent again afterwards',
    body: async (rig) => {
      const bot = told('bot', ({ cause }) => [say(`${cause} 1`), say(`${cause} 2`)])
      const office = await withBots(rig, [bot], { bots: [] })
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await ana.claim(id))
      same(bot.asked(), 0, 'how often it was asked before')
      granted(await ana.runBot(id, { bot: 'bot' }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['asked 1', 'asked 2'], 'what the customer was told')
      const { owner, control } = granted(await ana.get(id))
      same([owner, control], ['ana', 'team'], 'who has it')
      await office.deliver('chat', message('zoe', 'and then?'))
      await rig.engine().settle()
      same(bot.asked(), 1, 'how often it was asked')
      await gateWasOpen(office, id)
      same(refused(await ana.runBot(id, { bot: 'nobody' })), { _tag: 'UnknownBot', bot: 'nobody' }, 'a bot of no name')
    },
  },
  {
    name: 'G39 a bot that was run by hand is silenced by the person who writes first',
    body: async (rig) => {
      const bot = thinker()
      const office = await withBots(rig, [bot], { bots: [] })
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      granted(await ana.claim(id))
      granted(await ana.runBot(id, { bot: 'thinker' }))
      await bot.thinking()
      granted(await ana.reply(id, { text: 'I know it' }))
      bot.release()
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['I know it'], 'what the customer was told')
      same(await saidByBots(office, id), [], 'what the bot said')
    },
  },
  {
    name: 'G39 a blocked bot is not asked, the next one is, and a bot that is blocked while it thinks is replaced',
    body: async (rig) => {
      const [first, second] = [thinker('first'), echo('second')]
      const office = await withBots(rig, [first, second])
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await first.thinking()
      granted(await ana.blockBot(id, { bot: 'first' }))
      first.release()
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['you said hello'], 'what the customer was told')
      await office.deliver('chat', message('zoe', 'more'))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['you said hello', 'you said more'], 'what the customer was told then')
      same([first.asked(), second.asked()], [1, 2], 'how often they were asked')
      const refusal = refused(await ana.runBot(id, { bot: 'first' }))
      same(refusal, { _tag: 'BotSilenced', bot: 'first', because: 'blocked' }, 'run by hand')
      granted(await ana.blockBot(id, { bot: 'second' }))
      await office.deliver('chat', message('zoe', 'anybody?'))
      await rig.engine().settle()
      same(granted(await ana.get(id)).control, 'team', 'who has it when all are blocked')
      granted(await ana.unblockBot(id, { bot: 'first' }))
      granted(await ana.giveToBot(id))
      await first.thinking()
      first.release()
      await rig.engine().settle()
      same(rig.provider.inbox('zoe').at(-1), 'here is your answer', 'what it says when it may again')
    },
  },
  {
    name: 'G39 a bot that is blocked before its words have left has not spoken, and people answer instead',
    body: async (rig) => {
      const office = await withBots(rig, [told('bot', () => [say('here is your answer')])])
      rig.provider.script('zoe', 'retry')
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await rig.engine().settle()
      granted(await office.as('ana').blockBot(id, { bot: 'bot' }))
      rig.clock.advance(60_000)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [], 'what the customer was told')
      same(granted(await office.as('ana').get(id)).control, 'team', 'who has it')
    },
  },
  {
    name: 'G39 a customer who writes on while the bot thinks is answered once, to everything',
    body: async (rig) => {
      const bot = told('bot', ({ messages }) => [say(messages.map(({ text }) => text).join('+'))])
      const slow = thinker('slow')
      const office = await withBots(rig, [slow])
      const id = await office.arrives('chat', message('zoe', 'a'))
      await slow.thinking()
      await office.deliver('chat', message('zoe', 'b'), message('zoe', 'c'))
      slow.release()
      await slow.thinking()
      slow.release()
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['here is your answer'], 'what the customer was told')
      same(
        slow
          .contexts()
          .at(-1)
          ?.messages.map(({ text }) => text),
        ['a', 'b', 'c'],
        'what it was asked about at last',
      )
      same((await saidByBots(office, id)).length, 1, 'answers')
      same(bot.asked(), 0, 'others')
    },
  },
  {
    name: 'G39 what a bot was thinking is dropped when the customer writes on in another process, and it is asked again',
    body: async (rig) => {
      const slow = thinker('slow')
      const office = await withBots(rig, [slow])
      const id = await office.arrives('chat', message('zoe', 'a'))
      await slow.thinking()
      const there = officeOf(await rig.start({ clock: manualClock(rig.clock.now() - 1) }), office.id)
      await there.deliver('chat', message('zoe', 'b'))
      slow.release()
      await slow.thinking()
      slow.release()
      rig.clock.advance(100)
      await rig.engine().settle()
      await rig.restart({ bots: registered([slow]) })
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['here is your answer'], 'what the customer was told')
      same(
        slow.contexts().map(({ messages }) => messages.length),
        [1, 2],
        'what it was asked about',
      )
      same((await saidByBots(officeOf(rig.engine(), office.id), id)).length, 1, 'answers')
    },
  },
  {
    name: 'G39 a bot sees what the customer sees: no note, nothing deleted, no details, and its own memory alone',
    body: async (rig) => {
      const bot = told('bot', ({ messages }) => [say(`answer ${messages.length}`, { at: messages.length })])
      const office = await withBots(rig, [bot, echo('other')])
      const ana = office.as('ana')
      const id = await office.arrives('chat', message('zoe@example.org', 'my secret'))
      await rig.engine().settle()
      granted(await ana.note(id, { text: 'do not trust her', mentions: ['ben'] }))
      granted(await office.as('mia').deleteMessage(id, { message: 1 }))
      granted(await ana.runBot(id, { bot: 'other' }))
      await rig.engine().settle()
      await office.deliver('chat', message('zoe@example.org', 'again'))
      await rig.engine().settle()
      const context = bot.contexts().at(-1)
      same(
        context?.messages.map(({ by, bot: who, text, memory }) => [by, who, text, memory]),
        [
          ['bot', 'bot', 'answer 1', { at: 1 }],
          ['bot', 'other', 'you said ', null],
          ['contact', null, 'again', null],
        ],
        'the messages',
      )
      const shown = JSON.stringify(context)
      for (const hidden of ['do not trust', 'my secret', 'ana', 'desk']) {
        assert(!shown.includes(hidden), `the bot was shown ${hidden}`)
      }
    },
  },
  {
    name: 'G39 whatever people, customers and bots do at once, no bot has spoken where the gate was closed',
    body: async (rig) => {
      const deed = fc.constantFrom('writes', 'claim', 'reply', 'give', 'close', 'block', 'unblock', 'run', 'release')
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 12 }), async (deeds) => {
          run += 1
          const office = await withBots(rig, [echo('bot'), echo('other')])
          const ana = office.as('ana')
          const customer = `zoe ${run}`
          const id = await office.arrives('chat', message(customer, 'hello'))
          await Promise.all(
            deeds.map((what, index): Promise<unknown> => {
              if (what === 'writes') return office.deliver('chat', message(customer, `more ${index}`))
              if (what === 'claim') return ana.claim(id)
              if (what === 'reply') return ana.reply(id, { text: `person ${index}` })
              if (what === 'give') return ana.giveToBot(id)
              if (what === 'close') return ana.close(id)
              if (what === 'block') return ana.blockBot(id, { bot: 'bot' })
              if (what === 'unblock') return ana.unblockBot(id, { bot: 'bot' })
              if (what === 'run') return ana.runBot(id, { bot: 'other' })
              return ana.release(id)
            }),
          )
          await rig.engine().settle()
          await gateWasOpen(office, id)
          const { control, status, lastMessage, state } = granted(await office.as('mia').get(id))
          const waits =
            status === 'open' && control === 'bot' && lastMessage?.by === 'contact' && state.handover === null
          assert(!waits, 'the customer waits for a bot that was not asked')
        }),
        { numRuns: 25 },
      )
    },
  },
]
