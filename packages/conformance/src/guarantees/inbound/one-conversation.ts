import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, history, listed, message, officeOf } from '../office.ts'

const many = 100
const numbers = Array.from({ length: many }, (_, index) => index)
const texts = numbers.map((number) => `message ${number}`)

export const oneConversationCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G01 rapid deliveries of one new contact make one conversation, with every message in order of arrival',
    body: async (rig) => {
      const office = await rig.office()
      const all = () => Promise.all(texts.map((text) => office.deliver('chat', message('zoe', text))))
      const first = (await all()).flat()
      same(
        first.map(({ _tag }) => _tag),
        texts.map(() => 'Stored'),
        'the first time',
      )
      const [conversation, ...others] = await listed(office.as('ana'))
      same(others, [], 'further conversations')
      const read = async () =>
        (await history(office.as('ana'), conversation?.id ?? '')).messages.map(({ text }) => text)
      same(await read(), texts, 'the messages by seq')

      const again = (await all()).flat()
      same(
        again,
        first.map((receipt) =>
          receipt._tag === 'Stored'
            ? { _tag: 'Duplicate', conversation: receipt.conversation, seq: receipt.seq }
            : receipt,
        ),
        'redelivered',
      )
      same(await read(), texts, 'the messages after they were delivered again')
      same((await listed(office.as('ana'))).length, 1, 'conversations after they were delivered again')
    },
  },
  {
    name: 'G01 one body with a hundred messages of a new contact makes one conversation in the same order',
    body: async (rig) => {
      const office = await rig.office()
      await office.deliver('chat', ...texts.map((text) => message('zoe', text)))
      const [conversation, ...others] = await listed(office.as('ana'))
      same(others, [], 'further conversations')
      const { messages } = await history(office.as('ana'), conversation?.id ?? '')
      same(
        messages.map(({ text }) => text),
        texts,
        'the messages by seq',
      )
    },
  },
  {
    name: 'G01 many new contacts who write at once get one conversation each, on two accounts alike',
    body: async (rig) => {
      const office = await rig.office()
      const people = ['zoe', 'yan', 'xenia', 'walt']
      await Promise.all(
        numbers.flatMap((number) =>
          ['chat', 'chat2'].map((account) =>
            office.deliver(account, message(people[number % people.length] ?? '', `message ${number}`)),
          ),
        ),
      )
      const found = await listed(office.as('ana'))
      same(
        found.map(({ account, contact }) => `${account} ${contact.address}`).sort(),
        ['chat', 'chat2'].flatMap((account) => people.map((person) => `${account} ${person}`)).sort(),
        'conversations',
      )
      for (const { id, contact } of found) {
        const { messages } = await history(office.as('ana'), id)
        const own = texts.filter((_, number) => people[number % people.length] === contact.address)
        same(
          messages.map(({ text }) => text),
          own,
          `the messages of ${contact.address}`,
        )
      }
    },
  },
  {
    name: 'G01 two engines that receive the same new contact at once agree on one conversation',
    body: async (rig) => {
      const office = await rig.office()
      const offices = [office, officeOf(await rig.start(), office.id)]
      await Promise.all(
        texts.map(async (text, number) => {
          // Losing every race is answered 503, and a provider comes again.
          for (let status = 0; status !== 200; ) {
            const at = offices[number % 2] ?? office
            status = (await at.post('chat', JSON.stringify(message('zoe', text)))).status
          }
        }),
      )
      const [conversation, ...others] = await listed(office.as('ana'))
      same(others, [], 'further conversations')
      const { messages } = await history(office.as('ana'), conversation?.id ?? '')
      same(messages.map(({ text }) => text).sort(), texts.toSorted(), 'the messages')
    },
  },
  {
    name: 'G01 a hundred mails that answer one mail at once all join its conversation',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('mail', message('zoe', 'hello', { id: 'first' }))
      await Promise.all(texts.map((text) => office.deliver('mail', message('zoe', text, { answers: ['first'] }))))
      const found = await listed(office.as('ana'))
      same(
        found.map((one) => one.id),
        [id],
        'conversations',
      )
      const { messages } = await history(office.as('ana'), id)
      same(
        messages.map(({ text }) => text),
        ['hello', ...texts],
        'the messages by seq',
      )
    },
  },
  {
    name: 'G01 mails of a new sender that answer nothing are conversations of one contact',
    body: async (rig) => {
      const office = await rig.office()
      await Promise.all(texts.map((text) => office.deliver('mail', message('zoe', text))))
      const found = await listed(office.as('ana'))
      same(found.map(({ preview }) => preview).sort(), texts.toSorted(), 'conversations')
      const contacts = [...new Set(found.map(({ contact }) => contact.id))]
      same(contacts.length, 1, 'contacts')
      granted(await office.workspace.as('ana').contacts.get(contacts[0] ?? ''))
    },
  },
]
