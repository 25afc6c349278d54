import type { Form } from '@guichet/engine/domain'
import type { RichPart } from '@guichet/engine/ports'
import { assert, same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import { say, told } from '../automation/actors.ts'
import { withBots } from '../automation/desk.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, refused } from '../office.ts'
import { session, writes } from '../people/people.ts'

/** What is said by answering, without a word beside it. */
const answers = (from: string, id: string, ...parts: ReadonlyArray<RichPart>): LoopbackEvent => ({
  type: 'message',
  from: { address: from },
  id,
  parts,
})

const order: Form = {
  id: 'order',
  title: 'Your order',
  fields: [
    { name: 'email', label: 'Email', kind: 'email', required: true, saveTo: { _tag: 'Field', field: 'email' } },
    { name: 'name', label: 'Name', kind: 'text', required: false, saveTo: { _tag: 'Field', field: 'name' } },
    { name: 'from', label: 'Country', kind: 'text', required: false, saveTo: { _tag: 'Field', field: 'country' } },
    {
      name: 'size',
      label: 'Size',
      kind: 'choice',
      required: true,
      choices: ['S', 'L'],
      saveTo: { _tag: 'Custom', attribute: 'size' },
    },
    { name: 'count', label: 'How many', kind: 'number', required: false },
  ],
}

const asks = async (office: Office, contact: string, form: Form = order): Promise<string> => {
  const mia = session(office, 'mia')
  const size = { id: 'size', name: 'Size', on: 'contact', kind: 'choice', choices: ['S', 'L'] } as const
  granted(await office.workspace.attributes.put(size))
  const { items } = granted(await mia.contacts.history(contact))
  const [conversation] = items
  assert(conversation !== undefined, 'there is a conversation')
  const parts = [{ _tag: 'Form', form }] as const
  granted(await office.as('mia').reply(conversation.id, { text: 'One more thing:', parts }))
  return conversation.id
}

export const answerCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G06 an answer to a form is stored and on the contact at once, and once however often it comes',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'chat', { address: 'zoe', name: 'Z.', email: 'old@example.org' })
      const id = await asks(office, zoe)
      const values = { email: 'Zoe@example.org', name: 'Zoé Martin', size: 'L', count: 2 }
      const answer = answers('zoe', 'a1', { _tag: 'FormAnswer', form: 'order', values })
      const [first, second] = await office.deliver('chat', answer, answer)
      same([first?._tag, second?._tag], ['Stored', 'Duplicate'], 'what became of it')
      const contact = granted(await mia.contacts.get(zoe))
      same(
        [contact.name, contact.emails, contact.custom],
        ['Zoé Martin', ['old@example.org', 'Zoe@example.org'], { size: 'L' }],
        'the contact',
      )
      const { messages } = await history(office.as('mia'), id)
      const last = messages.at(-1)
      const labels = { email: 'Email', name: 'Name', size: 'Size', count: 'How many' }
      same(last?.parts, [{ _tag: 'FormAnswer', form: 'order', values, labels }], 'the message')
      assert(last?.text.includes('Zoé Martin') === true, 'what it says is in its words')
      const found = await mia.conversations.search('Martin')
      same(
        found.messages.map(({ seq }) => seq),
        [last?.seq],
        'what search finds',
      )
    },
  },
  {
    name: 'G06 an answer that does not fit its form is rejected with what to change, and nothing of it is stored',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'chat', { address: 'zoe', name: 'Zoe' })
      const early = answers('zoe', 'a0', { _tag: 'FormAnswer', form: 'order', values: {} })
      same((await office.deliver('chat', early))[0]?._tag, 'Rejected', 'an answer before the question')
      const id = await asks(office, zoe)
      const standing = async () => [(await history(office.as('mia'), id)).entries, granted(await mia.contacts.get(zoe))]
      const before = await standing()
      const wrong: ReadonlyArray<readonly [Record<string, string | number | boolean>, ReadonlyArray<string>]> = [
        [{ size: 'L' }, ['email']],
        [{ email: 'zoe', size: 'XL' }, ['email', 'size']],
        [{ email: 'a@b.cd', size: 'L', count: '2' }, ['count']],
        [{ email: 'a@b.cd', size: 'L', admin: true }, ['admin']],
        [{ email: 'a@b.cd', size: 'L', from: 'the moon' }, ['from']],
      ]
      for (const [at, [values, fields]] of wrong.entries()) {
        const given = answers('zoe', `a${at + 1}`, { _tag: 'FormAnswer', form: 'order', values })
        const [receipt] = await office.deliver('chat', given)
        assert(receipt?._tag === 'Rejected', `not rejected: ${JSON.stringify([values, receipt])}`)
        same(
          (receipt.issues ?? []).map((issue) => issue.split(':')[0]),
          fields,
          `what is wrong with ${JSON.stringify(values)}`,
        )
      }
      const other = answers('zoe', 'b1', { _tag: 'FormAnswer', form: 'other', values: { email: 'a@b.cd' } })
      same((await office.deliver('chat', other))[0]?._tag, 'Rejected', 'an answer to what nobody asked')
      same(await standing(), before, 'how it stands')
    },
  },
  {
    name: 'G06 nobody answers what was asked of somebody else, what was deleted, or among colleagues',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await writes(office, 'chat', { address: 'zoe' })
      await writes(office, 'chat', { address: 'eve' })
      const id = await asks(office, zoe)
      const values = { email: 'a@b.cd', size: 'S' }
      const answer = (from: string, n: string, form = 'order') => answers(from, n, { _tag: 'FormAnswer', form, values })
      same((await office.deliver('chat', answer('eve', 'e1')))[0]?._tag, 'Rejected', 'an answer of somebody else')
      const secretly = { ...order, id: 'inside' }
      granted(await office.as('mia').note(id, { parts: [{ _tag: 'Form', form: secretly }] }))
      same((await office.deliver('chat', answer('zoe', 'z1', 'inside')))[0]?._tag, 'Rejected', 'what stands in a note')
      const { messages } = await history(office.as('mia'), id)
      const asked = messages.find(({ direction }) => direction === 'out')
      granted(await office.as('mia').deleteMessage(id, { message: asked?.seq ?? 0 }))
      same((await office.deliver('chat', answer('zoe', 'z2')))[0]?._tag, 'Rejected', 'what was deleted')
    },
  },
  {
    name: 'G07 answers keep their place among what else a delivery brings',
    body: async (rig) => {
      const office = await rig.office()
      const zoe = await writes(office, 'chat', { address: 'zoe' })
      const id = await asks(office, zoe)
      const choices = [
        { id: 'y', label: 'Yes' },
        { id: 'n', label: 'No' },
      ]
      granted(await office.as('mia').reply(id, { text: 'Delivered?', parts: [{ _tag: 'Choices', choices }] }))
      const receipts = await office.deliver(
        'chat',
        message('zoe', 'hello'),
        answers('zoe', 'a1', { _tag: 'FormAnswer', form: 'order', values: { email: 'a@b.cd', size: 'S' } }),
        message('zoe', 'and'),
        answers('zoe', 'c1', { _tag: 'Chosen', choice: 'n', label: 'No' }),
        answers('zoe', 'c2', { _tag: 'Chosen', choice: 'm', label: 'Maybe' }),
        message('zoe', 'bye'),
      )
      same(
        receipts.map(({ _tag }) => _tag),
        ['Stored', 'Stored', 'Stored', 'Stored', 'Rejected', 'Stored'],
        'what became of them',
      )
      const { messages } = await history(office.as('mia'), id)
      same(
        messages
          .filter(({ direction }) => direction === 'in')
          .slice(-5)
          .map(({ parts }) => parts[0]?._tag),
        ['Text', 'FormAnswer', 'Text', 'Chosen', 'Text'],
        'their order',
      )
    },
  },
  {
    name: 'G37 what a contact answers that went into another is kept on that one',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'mail', { address: 'zoe@example.org', name: 'Zoe' })
      const visitor = await writes(office, 'chat', { address: 'v1', name: 'Z.' })
      await asks(office, visitor)
      granted(await mia.contacts.merge(visitor, { into: zoe }))
      const values = { email: 'z@example.org', size: 'S' }
      const given = answers('v1', 'a1', { _tag: 'FormAnswer', form: 'order', values })
      same((await office.deliver('chat', given))[0]?._tag, 'Stored', 'what became of it')
      const contact = granted(await mia.contacts.get(zoe))
      same([contact.emails, contact.custom], [['z@example.org'], { size: 'S' }], 'the contact')
    },
  },
  {
    name: 'G40 the form of a handover that is filled in wrong keeps it waiting, and filled in right completes it',
    body: async (rig) => {
      const bot = told('bot', () => [say('A person can help.'), { _tag: 'HandOver', reason: 'asked for a person' }])
      const ask = ['firstName', 'email'] as const
      const office = await withBots(rig, [bot], { handover: { ask, waitMs: 60_000 } })
      const id = await office.arrives('chat', message('zoe', 'a person please'))
      await rig.engine().settle()
      const standing = async () => {
        const { control, state, contact } = granted(await office.as('mia').get(id))
        const known = granted(await session(office, 'mia').contacts.get(contact.id))
        return [control, state.handover !== null, known.firstName, known.emails]
      }
      const given = (n: string, email: string) =>
        answers('zoe', n, { _tag: 'FormAnswer', form: 'handover', values: { firstName: 'Zoé', email } })
      const [wrong] = await office.deliver('chat', given('a1', 'zoe'))
      assert(wrong?._tag === 'Rejected' && wrong.issues?.length === 1, `what is wrong: ${JSON.stringify(wrong)}`)
      same(await standing(), ['bot', true, null, []], 'how it stands')
      same((await office.deliver('chat', given('a2', 'zoe@example.org')))[0]?._tag, 'Stored', 'what became of it')
      same(await standing(), ['team', false, 'Zoé', ['zoe@example.org']], 'how it stands then')
    },
  },
  {
    name: 'G32 a reply with an offer that makes no sense is refused with what to change, and nothing leaves',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'how much?'))
      const ana = office.as('ana')
      const price = { amount: 12.5, currency: 'EUR' }
      const refusal = refused(
        await ana.reply(id, { text: 'This:', parts: [{ _tag: 'Product', title: 'Chair', price }] }),
      )
      assert(
        refusal._tag === 'Invalid' && refusal.issues[0]?.includes('price.amount') === true,
        JSON.stringify(refusal),
      )
      const smuggled = [{ _tag: 'File', file: { blob: 'of somebody else', name: 'a', mime: 'image/png', size: 1 } }]
      same(refused(await ana.reply(id, { parts: smuggled as never }))._tag, 'Invalid', 'a file of somebody else')
      const right = { _tag: 'Product', title: 'Chair', price: { amount: 1250, currency: 'EUR' } } as const
      const choices = { _tag: 'Choices', choices: [{ id: 'y', label: 'Yes' }] } as const
      granted(await ana.reply(id, { text: 'This:', parts: [right, choices], mentions: ['ben'] }))
      await rig.engine().settle()
      same(rig.provider.inbox('zoe'), ['This:', 'Chair\n12.50 EUR', '1. Yes'], 'what the customer has')
      same(rig.provider.attempts().at(-1)?.part, choices, 'what the channel shows itself')
      const last = (await history(ana, id)).messages.at(-1)
      same(last?.mentions, ['ben'], 'who is called for')
    },
  },
]
