import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, message, type Office } from '../office.ts'

/** The first message of a conversation as colleagues see it now. */
const seen = async (office: Office, id: string) => {
  const [first] = (await history(office.as('mia'), id)).messages
  const reactions = first?.reactions.map(({ by, emoji }) => `${by.kind} ${emoji}`)
  return { text: first?.text, edited: first?.edited, deleted: first?.deleted, reactions }
}

const reaction = (id: string, emoji: string | null, from = 'zoe'): LoopbackEvent => ({ type: 'react', id, from, emoji })

export const changeCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G12 edits, reactions and deletions are events on their message, never messages',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello', { id: 'm1' }))
      await office.deliver(
        'chat',
        { type: 'edit', id: 'm1', text: 'hello!' },
        reaction('m1', '👍'),
        reaction('m1', '🎉'),
      )
      same(
        await seen(office, id),
        { text: 'hello!', edited: true, deleted: false, reactions: ['contact 🎉'] },
        'after an edit and two reactions',
      )
      await office.deliver('chat', reaction('m1', null), reaction('m1', '💣', 'somebody else'))
      same((await seen(office, id)).reactions, [], 'when it is taken back')
      await office.deliver('chat', { type: 'delete', id: 'm1' })
      same(await seen(office, id), { text: '', edited: false, deleted: true, reactions: [] }, 'when it is deleted')
      same((await history(office.as('mia'), id)).messages.length, 1, 'messages')
    },
  },
  {
    name: 'G12 what comes before its message waits for it, in whatever order it comes',
    body: async (rig) => {
      const office = await rig.office()
      let runs = 0
      await fc.assert(
        fc.asyncProperty(fc.nat(3), fc.boolean(), async (early, twice) => {
          runs += 1
          const [from, id] = [`person ${runs}`, `m${runs}`]
          const events: ReadonlyArray<LoopbackEvent> = [
            { type: 'edit', id, text: 'first' },
            reaction(id, '👍', from),
            { type: 'edit', id, text: 'second' },
          ]
          await office.deliver('chat', ...events.slice(0, early))
          if (twice && early > 0) await office.deliver('chat', ...events.slice(0, early))
          const conversation = await office.arrives('chat', message(from, 'hello', { id }))
          await office.deliver('chat', ...events.slice(early))
          same(
            await seen(office, conversation),
            { text: 'second', edited: true, deleted: false, reactions: ['contact 👍'] },
            `${early} of them early${twice ? ', and twice' : ''}`,
          )
        }),
        { numRuns: 12 },
      )
      await office.deliver('chat', { type: 'delete', id: 'gone' })
      const conversation = await office.arrives('chat', message('yan', 'not for long', { id: 'gone' }))
      same((await seen(office, conversation)).deleted, true, 'a deletion that came first')
    },
  },
  {
    name: 'G12 edits that a provider has numbered come to the same in whatever order they come, also before their message',
    body: async (rig) => {
      const office = await rig.office()
      let runs = 0
      const order = fc.shuffledSubarray([1, 2, 3], { minLength: 3, maxLength: 3 })
      await fc.assert(
        fc.asyncProperty(order, fc.nat(3), async (revisions, early) => {
          runs += 1
          const [from, id] = [`person ${runs}`, `m${runs}`]
          const edits = revisions.map(
            (revision): LoopbackEvent => ({ type: 'edit', id, text: `${revision}`, revision }),
          )
          await office.deliver('chat', ...edits.slice(0, early))
          const conversation = await office.arrives('chat', message(from, 'hello', { id }))
          for (const edit of edits.slice(early)) await office.deliver('chat', edit)
          same((await seen(office, conversation)).text, '3', `after ${revisions.join(', ')}, ${early} of them early`)
        }),
        { numRuns: 12 },
      )
    },
  },
  {
    name: 'G12 a reaction to what we wrote waits until the provider has told its id, and survives a restart',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const own = rig.provider.nextId()
      await office.deliver('chat', reaction(own, '❤️'))
      await rig.restart()
      granted(await rig.engine().workspace(office.id).as('ana').conversations.reply(id, { text: 'bonjour' }))
      await rig.engine().settle()
      const { messages } = await history(rig.engine().workspace(office.id).as('mia').conversations, id)
      same(
        messages.map(({ reactions }) => reactions.map(({ emoji }) => emoji)),
        [[], ['❤️']],
        'the reactions',
      )
    },
  },
]
