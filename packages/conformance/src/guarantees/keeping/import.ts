import type { ImportedConversation } from '@guichet/engine'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, listed, message, refused } from '../office.ts'

const hour = 60 * 60 * 1_000
const began = Date.UTC(2025, 4, 5, 9)

const text = (words: string) => [{ _tag: 'Text' as const, text: words }]

const past: ImportedConversation = {
  account: 'chat',
  externalId: 'ticket 7',
  source: 'old desk',
  from: { address: 'zoe', name: 'Zoé', email: 'zoe@example.org' },
  subject: 'The lamp',
  tags: ['lamps', 'vip'],
  status: 'closed',
  messages: [
    { direction: 'out', sentAt: began + hour, parts: text('We send another'), agent: 'ana' },
    { direction: 'in', sentAt: began, parts: text('It is broken'), externalId: 'their 1' },
    { direction: 'note', sentAt: began + 2 * hour, parts: text('again the same lamp') },
  ],
}

export const importCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G02 history that is imported again, also at the same time, is there once, with its own times',
    body: async (rig) => {
      const office = await rig.office()
      const tries = await Promise.all([1, 2, 3].map(() => office.workspace.import(past)))
      const ids = new Set(tries.map((outcome) => granted(outcome).conversation))
      same(ids.size, 1, 'conversations')
      await rig.restart()
      const [id = ''] = ids
      const again = rig.engine().workspace(office.id)
      same(granted(await again.import(past)).conversation, id, 'after a restart')
      const mia = again.as('mia').conversations
      const { messages, entries } = await history(mia, id)
      same(
        messages.map(({ direction, sentAt, text: said, author }) => [direction, sentAt, said, author.kind]),
        [
          ['in', began, 'It is broken', 'contact'],
          ['out', began + hour, 'We send another', 'agent'],
          ['note', began + 2 * hour, 'again the same lamp', 'system'],
        ],
        'messages',
      )
      same(entries.map(({ what }) => what._tag).slice(-2), ['Tagged', 'Closed'], 'what else is in the journal')
      const [summary] = await listed(mia)
      same(
        [summary?.subject, summary?.status, summary?.lastActivity, summary?.unread, summary?.contact.name],
        ['The lamp', 'closed', began + 2 * hour, 0, 'Zoé'],
        'the conversation',
      )
      await rig.engine().settle()
      same(rig.provider.attempts(), [], 'what the customer was sent')
    },
  },
  {
    name: 'G02 a message that was delivered here is not imported a second time, nor delivered when it was imported',
    body: async (rig) => {
      const office = await rig.office()
      await office.arrives('chat', message('yan', 'It is broken', { id: 'their 1' }))
      const id = granted(await office.workspace.import(past)).conversation
      same((await history(office.as('mia'), id)).messages.length, 2, 'messages that came in')
      const alone = { ...past, externalId: 'ticket 8', messages: past.messages.slice(1, 2) }
      same(refused(await office.workspace.import(alone)), { _tag: 'NothingToDo' }, 'nothing new')
      granted(
        await office.workspace.import({
          ...past,
          externalId: 'ticket 9',
          from: { address: 'xan' },
          messages: [{ direction: 'in', sentAt: began, parts: text('hi'), externalId: 'their 2' }],
        }),
      )
      const [receipt] = await office.deliver('chat', message('xan', 'hi', { id: 'their 2' }))
      same(receipt?._tag, 'Duplicate', 'what the provider delivers later')
    },
  },
  {
    name: 'G01 who comes back after an import goes on in it, and an import opens no second conversation beside one',
    body: async (rig) => {
      const office = await rig.office()
      const id = granted(await office.workspace.import(past)).conversation
      same(await office.arrives('chat', message('zoe', 'and now?')), id, 'where the customer goes on')
      const refusal = refused(await office.workspace.import({ ...past, externalId: 'ticket 8', status: 'open' }))
      assert(refusal._tag === 'Invalid' && refusal.issues[0]?.includes(id) === true, JSON.stringify(refusal))
      const open = (await listed(office.as('mia'), { tab: 'open' })).map((one) => one.id)
      same(open, [id], 'open conversations')
    },
  },
  {
    name: 'G02 a history that cannot be is refused with what to change, and leaves nothing behind',
    body: async (rig) => {
      const office = await rig.office()
      const why = async (over: Partial<ImportedConversation>): Promise<unknown> => {
        const refusal = refused(await office.workspace.import({ ...past, ...over }))
        return refusal._tag === 'Invalid' ? refusal.issues : refusal
      }
      const said = (over: object): Partial<ImportedConversation> => ({
        messages: [{ direction: 'in', sentAt: began, parts: text('hi'), ...over }],
      })
      same(await why({ messages: [] }), ['messages: at least one'], 'no message')
      same(await why({ account: 'moon' }), { _tag: 'UnknownAccount', account: 'moon' }, 'an unknown account')
      same(await why(said({ agent: 'eve' })), { _tag: 'UnknownAgent', agent: 'eve' }, 'an unknown agent')
      same(await why({ externalId: ' ' }), ['externalId: what the other system calls it'], 'no id')
      same(
        await why(said({ sentAt: rig.clock.now() + 1 })),
        ['messages[0].sentAt: it lies in the future'],
        'a message from the future',
      )
      same(await why(said({ parts: [] })), ['messages[0].parts: at least a word or a file'], 'no word')
      for (const [part, wrong] of [
        [{ _tag: 'Video' }, 'there is no such part'],
        [{ _tag: 'Text', text: 5 }, 'there is no such part'],
        [
          { _tag: 'Product', title: 'Lamp', url: 'javascript:x()' },
          'url: an address that begins with https:// or http://',
        ],
        [{ _tag: 'Form', form: { id: 'f', title: 'F', fields: [] } }, 'there is no such part'],
      ] as const) {
        const refusal = await why(said({ parts: [...text('hi'), part as never] }))
        same(refusal, [`messages[0].parts[1]: ${wrong}`], `a part that is none: ${JSON.stringify(part)}`)
      }
      const file = { blob: 'gone', name: 'a.png', mime: 'image/png', size: 3 }
      same(
        await why(said({ parts: [{ _tag: 'File', file }] })),
        ['messages[0].parts: no bytes of a.png'],
        'a file that is not there',
      )
      same((await listed(office.as('mia'))).length, 0, 'conversations')
    },
  },
]
