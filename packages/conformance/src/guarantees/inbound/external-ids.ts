import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { duplicateOf, stored } from './receipt.ts'
import { history, listed, message } from '../office.ts'

export const externalIdCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G04 one message delivered to two accounts is two messages, and so it is in two workspaces',
    body: async (rig) => {
      const [office, elsewhere] = [await rig.office(), await rig.office()]
      const mail = message('zoe', 'to both', { id: 'the same' })
      const places = [
        await office.arrives('mail', mail),
        await office.arrives('mail2', mail),
        await office.arrives('chat', mail),
        await elsewhere.arrives('mail', mail),
      ]
      same(new Set(places).size, 4, 'conversations')
      for (const account of ['mail', 'mail2', 'chat']) {
        same((await office.deliver(account, mail))[0]?._tag, 'Duplicate', `again to ${account}`)
      }
      same((await listed(office.as('ana'))).length, 3, 'conversations in the first workspace')
      same((await listed(elsewhere.as('ana'))).length, 1, 'conversations in the second workspace')
    },
  },
  {
    name: 'G04 a report, an edit and a deletion only reach a message of their own account',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'mine', { id: 'm1' }))
      const sentId = rig.provider.nextId()
      const chat = await office.arrives('chat', message('yan', 'hello'))
      await office.as('ana').reply(chat, { text: 'answer' })
      await rig.engine().settle()
      await office.deliver(
        'mail2',
        { type: 'edit', id: 'm1', text: 'forged' },
        { type: 'delete', id: 'm1' },
        { type: 'status', id: sentId, status: 'read' },
      )
      const [mail] = (await history(office.as('ana'), id)).messages
      same([mail?.text, mail?.edited, mail?.deleted], ['mine', false, false], 'the message of the other account')
      const answer = (await history(office.as('ana'), chat)).messages[1]
      same(answer?.delivery?.status, 'sent', 'the delivery of the other account')
    },
  },
  {
    name: 'G05 messages without an id never match each other, and are recognised when they come again',
    body: async (rig) => {
      const office = await rig.office()
      const nameless = ['', ' ', undefined].flatMap((id) =>
        [1, 2].map((number) => ({
          type: 'message' as const,
          from: { address: 'zoe' },
          text: `${JSON.stringify(id)} ${number}`,
          at: 1_000 + number,
          ...(id === undefined ? {} : { id }),
        })),
      )
      const first = await office.deliver('chat', ...nameless)
      const conversation = stored(first[0]).conversation
      same(
        first.map((receipt) => stored(receipt).seq),
        nameless.map((_, index) => index + 1),
        'all are stored',
      )
      same(await office.deliver('chat', ...nameless), first.map(duplicateOf), 'delivered again')
      same(
        (await history(office.as('ana'), conversation)).messages.map(({ text }) => text),
        nameless.map(({ text }) => text),
        'the messages',
      )
    },
  },
  {
    name: 'G05 the same words without an id at another time, or by somebody else, are another message',
    body: async (rig) => {
      const office = await rig.office()
      const ok = { type: 'message' as const, text: 'ok' }
      const receipts = await office.deliver(
        'chat',
        { ...ok, from: { address: 'zoe' }, at: 1 },
        { ...ok, from: { address: 'zoe' }, at: 2 },
        { ...ok, from: { address: 'yan' }, at: 1 },
      )
      same(
        receipts.map(({ _tag }) => _tag),
        ['Stored', 'Stored', 'Stored'],
        'receipts',
      )
    },
  },
  {
    name: 'G05 an empty id leads to no conversation, moves no delivery and changes no message',
    body: async (rig) => {
      const office = await rig.office()
      const chat = await office.arrives('chat', message('zoe', 'hello'))
      rig.provider.script('zoe', 'acceptWithoutId', 'acceptWithoutId')
      await office.as('ana').reply(chat, { text: 'one' })
      await office.as('ana').reply(chat, { text: 'two' })
      const mail = await office.arrives('mail', { type: 'message', from: { address: 'zoe' }, text: 'nameless' })
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['one', 'two'], 'what the customer has')
      for (const blank of ['', ' ']) {
        for (const account of ['chat', 'mail']) {
          const receipts = await office.deliver(
            account,
            { type: 'status', id: blank, status: 'read' },
            { type: 'edit', id: blank, text: 'forged' },
            { type: 'delete', id: blank },
          )
          same(
            receipts.map(({ _tag }) => _tag),
            ['Rejected', 'Rejected', 'Rejected'],
            `events about ${JSON.stringify(blank)}`,
          )
        }
        const other = await office.arrives(
          'mail',
          message('yan', `answers ${JSON.stringify(blank)}`, { answers: [blank], quotes: blank }),
        )
        assert(other !== mail, 'a mail that answers the empty id was put to another')
      }
      const { messages } = await history(office.as('ana'), chat)
      same(
        messages.map(({ text, deleted, delivery }) => [text, deleted, delivery?.status ?? null]),
        [
          ['hello', false, null],
          ['one', false, 'sent'],
          ['two', false, 'sent'],
        ],
        'the messages',
      )
    },
  },
  {
    name: 'G10 our own message that comes back in is never a message of the customer',
    body: async (rig) => {
      const office = await rig.office()
      const chat = await office.arrives('chat', message('zoe', 'hello'))
      await office.as('ana').reply(chat, { text: 'bonjour' })
      await rig.engine().settle()
      const id = rig.provider.attempts()[0]?.externalId ?? ''
      const [echo, flagged] = await office.deliver('chat', message('zoe', 'bonjour', { id }), { type: 'echo', id })
      same(echo?._tag, 'Duplicate', 'as a message')
      same(flagged?._tag, 'Ignored', 'as an echo')
      same((await history(office.as('ana'), chat)).messages.length, 2, 'messages')
    },
  },
  {
    name: 'G10 our own mail that loops back before its sending has ended opens and changes nothing',
    body: async (rig) => {
      const office = await rig.office()
      const mail = await office.arrives('mail', message('zoe', 'hello'))
      rig.provider.script('zoe', 'acceptThenHang')
      await office.as('ana').reply(mail, { text: 'bonjour' })
      await rig.provider.until(() => rig.provider.attempts().length === 1)
      const sent = rig.provider.attempts()[0]
      const back = message('support', 'bonjour', { id: sent?.ownId ?? '', token: sent?.token ?? '' })
      same((await office.deliver('mail', back))[0]?._tag, 'Duplicate', 'while it is being sent')
      rig.provider.release()
      await rig.engine().settle()
      same((await office.deliver('mail', back))[0]?._tag, 'Duplicate', 'after it was sent')
      const found = await listed(office.as('ana'))
      same(
        found.map(({ id }) => id),
        [mail],
        'conversations',
      )
      const { messages } = await history(office.as('ana'), mail)
      same(
        messages.map(({ direction }) => direction),
        ['in', 'out'],
        'messages',
      )
    },
  },
]
