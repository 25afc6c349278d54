import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { Behaviour } from '../../channel/loopback-provider.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message } from '../office.ts'

/** Longer than any pause before the next attempt. */
const longEnough = 3 * 60 * 60 * 1_000

const reply = async (office: Office, id: string, ...texts: ReadonlyArray<string>): Promise<void> => {
  for (const text of texts) granted(await office.as('ana').reply(id, { text }))
}

export const orderCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G20 a message that is tried again holds back the later ones of its conversation, and of no other',
    body: async (rig) => {
      const office = await rig.office()
      const [zoe, yan] = [
        await office.arrives('chat', message('zoe', 'hello')),
        await office.arrives('chat', message('yan', 'hello')),
      ]
      rig.provider.script('zoe', 'retry', 'retry')
      await reply(office, zoe, 'one', 'two', 'three')
      await reply(office, yan, 'un', 'deux')
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), [], 'what zoe has')
      same(rig.provider.inbox('yan'), ['un', 'deux'], 'what yan has')
      same(
        rig.provider.attempts().flatMap(({ to, text }) => (to === 'zoe' ? [text] : [])),
        ['one'],
        'what was tried for zoe',
      )
      const { messages } = await history(office.as('ana'), zoe)
      same(
        messages.map(({ delivery }) => delivery?.status ?? null),
        [null, 'queued', 'queued', 'queued'],
        'what is said of them',
      )
      for (const _ of [1, 2]) {
        rig.clock.advance(longEnough)
        await rig.engine().settle()
      }
      same(rig.provider.inbox('zoe'), ['one', 'two', 'three'], 'what zoe has in the end')
    },
  },
  {
    name: 'G20 sends that hang hold back their own conversations and nobody else',
    body: async (rig) => {
      const office = await rig.office()
      const stuck = Array.from({ length: 60 }, (_, n) => `stuck ${n}`)
      const ids = await Promise.all(stuck.map((person) => office.arrives('chat', message(person, 'hello'))))
      for (const person of stuck) rig.provider.script(person, 'hang')
      await Promise.all(ids.map((id) => reply(office, id, 'one', 'two')))
      await rig.provider.until(() => rig.provider.attempts().length === stuck.length)
      const free = await office.arrives('chat', message('yan', 'hello'))
      await reply(office, free, 'un', 'deux')
      await rig.provider.until(() => rig.provider.inbox('yan').length === 2)
      same(rig.provider.attempts().length, stuck.length + 2, 'attempts: nothing behind a hanging one was tried')
      rig.provider.release()
      await rig.engine().settle()
      same(
        stuck.map((person) => rig.provider.inbox(person)),
        stuck.map(() => ['one', 'two']),
        'what the others have in the end',
      )
    },
  },
  {
    name: 'G20 whatever the provider does, each customer gets the messages of a conversation in the order of writing',
    body: async (rig) => {
      rig.expect('send')
      let run = 0
      const behaviour = fc.constantFrom<Behaviour>(
        'accept',
        'retry',
        'reject',
        'throw',
        'acceptThenThrow',
        'acceptWithoutId',
      )
      const plan = fc.record({
        account: fc.constantFrom('chat', 'exact', 'mail', 'exactMail'),
        behaviours: fc.array(behaviour, { maxLength: 6 }),
        count: fc.integer({ min: 1, max: 4 }),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 4 }), async (plans) => {
          run += 1
          const office = await rig.office()
          const texts = (count: number) => Array.from({ length: count }, (_, n) => `words ${n}`)
          await Promise.all(
            plans.map(async ({ account, behaviours, count }, n) => {
              const person = `run ${run} person ${n}`
              const id = await office.arrives(account, message(person, 'hello'))
              rig.provider.script(person, ...behaviours)
              await reply(office, id, ...texts(count))
            }),
          )
          for (let times = 0; times < 8; times += 1) {
            await rig.engine().settle()
            rig.clock.advance(longEnough)
          }
          await rig.engine().settle()
          plans.forEach(({ account, behaviours, count }, n) => {
            const inbox = rig.provider.inbox(`run ${run} person ${n}`)
            const written = texts(count).filter((text) => inbox.includes(text))
            same(inbox, written, `what came of ${behaviours.join(' ')} on ${account}`)
            // Only a refusal, or doubt where repeating is not safe, keeps a message from arriving.
            const lossless = behaviours.every(
              (one) => one !== 'reject' && (one !== 'throw' || account.startsWith('exact')),
            )
            if (lossless) same(inbox, texts(count), `all of ${behaviours.join(' ')} on ${account}`)
          })
        }),
        { numRuns: 20 },
      )
    },
  },
  {
    name: 'G20 messages wait for each other in order through a restart',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      rig.provider.script('zoe', 'retry')
      await reply(office, id, 'one', 'two')
      await rig.engine().settle()
      await rig.restart()
      rig.clock.advance(longEnough)
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one', 'two'], 'what zoe has')
    },
  },
]
