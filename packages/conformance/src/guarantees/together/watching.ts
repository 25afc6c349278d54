import type { AgentSession } from '@guichet/engine'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, message, refused } from '../office.ts'
import type { Rig } from '../rig.ts'
import { hearing } from './hearing.ts'

/** Longer than anybody is taken to write without touching a key. */
const silence = 10_000

const session = (rig: Rig, office: Office, agent: string): AgentSession => rig.engine().workspace(office.id).as(agent)

const names = async (office: Office, agent: string, id: string): Promise<ReadonlyArray<string>> =>
  granted(await office.as(agent).watchers(id)).map((one) => `${one.agent}${one.writing ? ' writing' : ''}`)

export const watchingCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G31 who looks at a conversation and who writes there is seen by colleagues, until she goes or falls silent',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const ben = hearing(session(rig, office, 'ben'))
      const [first, second] = [office.as('ana').look(id), office.as('ana').look(id)]
      await ben.until(() => ben.heard.length === 1)
      same(ben.heard, [{ conversation: id, agent: 'ana', on: true, writing: false }], 'what ben hears')
      await office.as('ana').typing(id, true)
      await ben.until(() => ben.heard.length === 2 && ben.typed.length === 1)
      same(await names(office, 'ben', id), ['ana writing'], 'who is there while she writes')
      const [there] = granted(await office.as('ben').watchers(id))
      same(there?.since, rig.clock.now(), 'since when')
      rig.clock.advance(silence)
      await ben.until(() => ben.heard.length === 3 && ben.typed.length === 2)
      same(
        [ben.heard.at(-1)?.writing, ben.typed.map(({ on }) => on)],
        [false, [true, false]],
        'what is heard of the end of her writing',
      )
      same(await names(office, 'ben', id), ['ana'], 'who is there when she is silent')
      first()
      first()
      same(await names(office, 'ben', id), ['ana'], 'who is there with one of two windows closed')
      second()
      await ben.until(() => ben.heard.length === 4)
      same(ben.heard.at(-1)?.on, false, 'what is heard when she goes')
      same(await names(office, 'ben', id), [], 'who is there in the end')
    },
  },
  {
    name: 'G31 nobody looks at what she may not see, and nobody hears of who looks there',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('vault', message('zoe', 'hello'))
      granted(await office.as('ana').claim(id))
      const [ben, mia] = [hearing(session(rig, office, 'ben')), hearing(session(rig, office, 'mia'))]
      office.as('dan').look(id)
      office.as('ben').look(id)
      await office.as('ben').typing(id, true)
      office.as('ana').look(id)
      await mia.until(() => mia.heard.length > 0)
      same(
        mia.heard.map(({ agent }) => agent),
        ['ana'],
        'what the manager hears',
      )
      same(await names(office, 'mia', id), ['ana'], 'who is there')
      same(refused(await office.as('ben').watchers(id)), { _tag: 'NotFound' }, 'what ben is told')
      granted(await office.as('ana').transfer(id, { to: { agent: 'cleo' } }))
      same(await names(office, 'mia', id), [], 'who is there when ana may not see it any more')
      same([ben.heard, ben.typed], [[], []], 'what ben has heard')
    },
  },
  {
    name: 'G31 an answer to what has changed since it was read is refused, and what was typed is kept',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const ana = office.as('ana')
      const seen = granted(await ana.get(id)).lastMessage?.seq
      assert(seen !== undefined, 'there is a message')
      await office.arrives('chat', message('zoe', 'and one thing more'))
      const refusal = refused(await ana.reply(id, { text: 'an answer', expectedLastMessage: seen }))
      same(refusal, { _tag: 'Unseen', expected: seen, actual: seen + 1 }, 'the refusal')
      same(granted(await ana.draft(id)), 'an answer', 'what was typed')
      granted(await ana.reply(id, { text: 'an answer', expectedLastMessage: seen + 1 }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['an answer'], 'what zoe has')
    },
  },
]
