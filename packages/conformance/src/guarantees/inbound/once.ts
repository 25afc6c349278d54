import type { Receipt } from '@guichet/engine/ports'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../harness.ts'
import { type Office, bodyOf, feedNow, furnish, history, listed, message, officeOf, receiptsOf } from '../office.ts'
import { type Fate, fated } from '../trouble.ts'

const announced = async (office: Office): Promise<ReadonlyArray<string>> =>
  (await feedNow(office, (options) => office.workspace.feed(options))).flatMap((item) =>
    item._tag === 'Entry' && item.entry.what._tag === 'MessageReceived'
      ? [item.entry.what.message.externalId ?? 'no id']
      : [],
  )

const stored = (receipt: Receipt | undefined): Extract<Receipt, { readonly _tag: 'Stored' }> => {
  assert(receipt?._tag === 'Stored', `not stored: ${JSON.stringify(receipt)}`)
  return receipt
}

const duplicateOf = (receipt: Receipt | undefined): Receipt => {
  const { conversation, seq } = stored(receipt)
  return { _tag: 'Duplicate', conversation, seq }
}

/** Comes again until it is answered 200, as providers do; what it was answered before. */
const insist = async (office: Office, body: string): Promise<ReadonlyArray<number>> => {
  const statuses: Array<number> = []
  for (;;) {
    const { status } = await office.post('chat', body)
    if (status === 200) return statuses
    statuses.push(status)
  }
}

export const onceCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G02 a message that is delivered twice is stored and announced once, and the second gets the answer of the first',
    body: async (rig) => {
      const office = await rig.office()
      const hello = message('zoe', 'hello')
      const [first] = await office.deliver('chat', hello)
      same(await office.deliver('chat', hello, hello), [duplicateOf(first), duplicateOf(first)], 'in one body')
      same(await office.deliver('chat', message('zoe', 'other words', { id: 'zoe: hello' })), [duplicateOf(first)], 'by its id')
      await office.as('ana').close(stored(first).conversation)
      same(await office.deliver('chat', hello), [duplicateOf(first)], 'after the conversation was closed')
      same((await listed(office.as('ana'), { tab: 'closed' })).length, 1, 'closed conversations: a duplicate reopens none')
      same(await announced(office), ['zoe: hello'], 'announced')
    },
  },
  {
    name: 'G02 a message that is delivered many times at once, to two engines, is stored once and all get one answer',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const both = [...Array.from({ length: 20 }, () => office), ...Array.from({ length: 20 }, () => other)]
      const receipts = (await Promise.all(both.map((one) => one.deliver('chat', message('zoe', 'hello'))))).flat()
      const first = receipts.find(({ _tag }) => _tag === 'Stored')
      same(
        receipts.filter((receipt) => receipt !== first),
        Array.from({ length: 39 }, () => duplicateOf(first)),
        'the other answers',
      )
      same(await announced(office), ['zoe: hello'], 'announced')
    },
  },
  {
    name: 'G02 whatever is delivered again, in whatever order, each message is there once',
    body: async (rig) => {
      const engine = rig.engine()
      let workspaces = 0
      const deliveries = fc.array(fc.record({ from: fc.constantFrom('zoe', 'yan'), id: fc.nat(5) }), { maxLength: 20 })
      await fc.assert(
        fc.asyncProperty(fc.array(deliveries, { minLength: 1, maxLength: 4 }), async (bodies) => {
          workspaces += 1
          await furnish(engine, `once-${workspaces}`)
          const office = officeOf(engine, `once-${workspaces}`)
          const said = ({ from, id }: { readonly from: string; readonly id: number }) => message(from, `words ${id}`)
          await Promise.all(bodies.map((body) => office.deliver('chat', ...body.map(said))))
          const found = await listed(office.as('ana'))
          const texts = await Promise.all(
            found.map(async ({ id, contact }) =>
              (await history(office.as('ana'), id)).messages.map(({ text }) => `${contact.address} ${text}`),
            ),
          )
          const expected = new Set(bodies.flat().map(({ from, id }) => `${from} words ${id}`))
          same(texts.flat().sort(), [...expected].sort(), 'the messages')
        }),
        { numRuns: 15 },
      )
    },
  },
  {
    name: 'G03 a new engine on the same store knows what an earlier one received',
    body: async (rig) => {
      const office = await rig.office()
      const [first] = await office.deliver('chat', message('zoe', 'hello'))
      const [nameless] = await office.deliver('chat', { type: 'message', from: { address: 'yan' }, text: 'no id', at: 5 })
      const later = officeOf(await rig.restart(), office.id)
      same(
        await later.deliver('chat', message('zoe', 'hello'), { type: 'message', from: { address: 'yan' }, text: 'no id', at: 5 }),
        [duplicateOf(first), duplicateOf(nameless)],
        'delivered again',
      )
      same(await announced(later), ['zoe: hello', (await history(later.as('ana'), stored(nameless).conversation)).messages[0]?.externalId], 'announced')
    },
  },
  {
    name: 'G03 messages are stored once whatever commit is refused or goes unheard, when the provider comes again',
    body: async (rig) => {
      rig.expect('receive')
      const office = await rig.office()
      const fates = fc.array(fc.constantFrom<Fate>('done', 'refused', 'unheard'), { maxLength: 8 })
      const engine = await rig.start({ storage: fated(rig.store(), (method) => (method === 'commit' ? (coming.shift() ?? 'done') : 'done')) })
      let coming: Array<Fate> = []
      let runs = 0
      await fc.assert(
        fc.asyncProperty(fates, fc.integer({ min: 1, max: 6 }), async (plan, count) => {
          runs += 1
          const at = officeOf(engine, office.id)
          const person = `person ${runs}`
          const texts = Array.from({ length: count }, (_, index) => `words ${index}`)
          coming = [...plan]
          const troubles = await insist(at, bodyOf(texts.map((text) => message(person, text))))
          coming = []
          same([...new Set(troubles)], troubles.length === 0 ? [] : [503], 'what else was answered')
          const mine = (await listed(office.as('ana'))).filter(({ contact }) => contact.address === person)
          same(mine.length, 1, 'conversations')
          const { messages } = await history(office.as('ana'), mine[0]?.id ?? '')
          same(
            messages.map(({ text }) => text),
            texts,
            'the messages by seq',
          )
        }),
        { numRuns: 30 },
      )
    },
  },
]

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
        const other = await office.arrives('mail', message('yan', `answers ${JSON.stringify(blank)}`, { answers: [blank], quotes: blank }))
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
      const [echo, flagged] = await office.deliver(
        'chat',
        message('zoe', 'bonjour', { id }),
        { type: 'echo', id },
      )
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
