import type { HandoverField } from '@guichet/engine/domain'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message } from '../office.ts'
import type { Rig } from '../rig.ts'
import { say, told } from './actors.ts'
import { withBots } from './desk.ts'

const minute = 60_000
const ask: ReadonlyArray<HandoverField> = ['firstName', 'email']

/** A chat whose bot hands over at once, where details are asked for first. */
const asking = async (rig: Rig): Promise<{ readonly office: Office; readonly id: string }> => {
  const bot = told('bot', () => [say('A person can help.'), { _tag: 'HandOver', reason: 'asked for a person' }])
  const office = await withBots(rig, [bot], { handover: { ask, waitMs: 15 * minute } })
  const id = await office.arrives('chat', message('zoe', 'a person please'))
  await rig.engine().settle()
  return { office, id }
}

const standing = async (office: Office, id: string): Promise<ReadonlyArray<unknown>> => {
  const { control, state } = granted(await office.as('mia').get(id))
  return [control, state.handover === null]
}

export const handoverCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G40 a handover asks for the details that lack, and people have it when they come, with them on the contact',
    body: async (rig) => {
      const { office, id } = await asking(rig)
      same(await standing(office, id), ['bot', false], 'how it stands while it waits')
      const [goodbye, ...question] = rig.provider.inbox('zoe')
      same(goodbye, 'A person can help.', 'the last words of the bot')
      assert(question.join('\n').includes('Email'), `the question: ${question.join('\n')}`)
      same((await office.as('ana').counts()).open, 0, 'open')
      await office.deliver('chat', message('zoe', 'Sure, Zoé, zoe@example.org. Thanks!'))
      await rig.engine().settle()
      same(await standing(office, id), ['team', true], 'how it stands then')
      const { contact } = granted(await office.as('mia').get(id))
      const found = granted(await office.workspace.as('mia').contacts.get(contact.id))
      assert(JSON.stringify(found).includes('"zoe@example.org"'), 'the address is not on the contact')
      const { entries } = await history(office.as('mia'), id)
      const last = entries.at(-1)?.what
      assert(last?._tag === 'MessageReceived' && last.completesHandover === true, 'the answer did not complete it')
    },
  },
  {
    name: 'G40 a handover whose details do not come is completed by its time, also after a restart',
    body: async (rig) => {
      const { office, id } = await asking(rig)
      const bots = { bot: told('bot', () => [say('never')]) }
      await rig.restart({ bots })
      rig.clock.advance(15 * minute - 1)
      await rig.engine().settle()
      const later = { ...office, as: (agent: string) => rig.engine().workspace(office.id).as(agent).conversations }
      same(await standing(later, id), ['bot', false], 'how it stands a moment before')
      rig.clock.advance(1)
      await rig.engine().settle()
      same(await standing(later, id), ['team', true], 'how it stands then')
      const { entries } = await history(later.as('mia'), id)
      same(entries.at(-1)?.what, { _tag: 'HandoverCompleted', because: 'timeout' }, 'the journal')
    },
  },
  {
    name: 'G40 a handover that waits is over when a person takes it up, and nothing comes of its time',
    body: async (rig) => {
      const { office, id } = await asking(rig)
      granted(await office.as('ana').claim(id))
      same(await standing(office, id), ['team', true], 'how it stands')
      rig.clock.advance(60 * minute)
      await rig.engine().settle()
      const { entries } = await history(office.as('mia'), id)
      same(entries.at(-1)?.what._tag, 'Claimed', 'the last entry')
    },
  },
  {
    name: 'G40 a handover that waits and is given back to the bots ends the wait, and an unanswered customer is answered',
    body: async (rig) => {
      rig.expect('bot bot')
      let works = false
      const bot = told('bot', () => (works ? [say('I am back.')] : Promise.reject(new Error('no mind'))))
      const office = await withBots(rig, [bot], { handover: { ask, waitMs: minute } })
      const id = await office.arrives('chat', message('zoe', 'hello'))
      await rig.engine().settle()
      same(await standing(office, id), ['bot', false], 'how it stands while it waits')
      works = true
      granted(await office.as('ana').giveToBot(id))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe').at(-1), 'I am back.', 'what the customer was told')
      rig.clock.advance(minute)
      await rig.engine().settle()
      same(await standing(office, id), ['bot', true], 'how it stands after the time')
    },
  },
  {
    name: 'G40 what is known is not asked for, and a bot can ask for more than its account does',
    body: async (rig) => {
      const bot = told('bot', () => [{ _tag: 'AskDetails', fields: ['phone', 'email'], reason: 'call back' }])
      const office = await withBots(rig, [bot])
      const id = await office.arrives('chat', message('zoe', 'call me'))
      await rig.engine().settle()
      const { state } = granted(await office.as('mia').get(id))
      same(state.handover?.ask, ['phone', 'email'], 'what is asked for')
      await office.deliver('chat', message('zoe', '+33 6 12 34 56 78, zoe@example.org'))
      granted(await office.as('ana').close(id))
      await office.deliver('chat', message('zoe', 'call me again'))
      await rig.engine().settle()
      same(await standing(office, id), ['team', true], 'how it stands when all is known')
    },
  },
]
