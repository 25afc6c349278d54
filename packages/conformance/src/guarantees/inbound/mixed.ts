import type { Receipt } from '@guichet/engine/ports'
import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, furnish, granted, history, listed, message, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'

const people = ['zoe', 'yan', 'zed'] as const

/** Zoe has been answered before: `ours` stands for the provider's id of that. */
const ours = 'ours'
const ids = ['m0', 'm1', 'm2', ours] as const

const id = fc.constantFrom(...ids)
const person = fc.constantFrom(...people)

const event: fc.Arbitrary<LoopbackEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ from: person, id: fc.constantFrom('m0', 'm1', 'm2', 'm3') }).map(said) },
  // Nobody has asked for it.
  fc.record({ from: person, id: fc.constantFrom('a0', 'a1') }).map((one): LoopbackEvent => {
    const parts = [{ _tag: 'Chosen', choice: 'y', label: 'Yes' }] as const
    return { type: 'message', id: one.id, from: { address: one.from }, parts }
  }),
  fc.record({ id, text: fc.constantFrom('first', 'second') }).map((one) => ({ ...one, type: 'edit' as const })),
  id.map((one) => ({ type: 'delete' as const, id: one })),
  fc
    .record({ id, from: person, emoji: fc.constantFrom('👍', '🎉', null) })
    .map((one) => ({ ...one, type: 'react' as const })),
  fc
    .record(
      {
        id,
        status: fc.constantFrom('sent' as const, 'delivered' as const, 'read' as const, 'failed' as const),
        because: fc.constantFrom('window' as const, 'optedOut' as const, 'recipient' as const),
      },
      { requiredKeys: ['id', 'status'] },
    )
    .map((one) => ({ ...one, type: 'status' as const })),
  fc
    .record({ address: person, given: fc.boolean() })
    .map((one) => ({ ...one, type: 'consent' as const, scope: 'all' as const, word: 'a word' })),
  person.map((address) => ({ type: 'end' as const, address })),
  fc.record({ from: person, to: person }).map((one) => ({ ...one, type: 'moved' as const })),
)

function said({ from, id: externalId }: { readonly from: string; readonly id: string }): LoopbackEvent {
  return message(from, `words of ${externalId}`, { id: externalId })
}

/** A workspace as one run sees it: with people and messages of its own, and the provider's id of the answer to Zoe. */
interface World {
  readonly office: Office
  readonly run: number
  readonly sent: string
}

const answered = async (rig: Rig, office: Office, run: number): Promise<World> => {
  const conversation = await office.arrives('phone', message(`zoe ${run}`, 'hello'))
  granted(await office.as('ana').reply(conversation, { text: 'bonjour' }))
  await rig.engine().settle()
  return { office, run, sent: rig.provider.attempts().at(-1)?.externalId ?? '' }
}

/** An event as it is in one world. */
const inWorld = ({ run, sent }: World, one: LoopbackEvent): LoopbackEvent => {
  const own = (externalId: string): string => (externalId === ours ? sent : `${externalId} ${run}`)
  switch (one.type) {
    case 'message':
      return { ...one, id: own(one.id ?? ''), from: { address: `${one.from.address} ${run}` } }
    case 'react':
      return { ...one, id: own(one.id), from: `${one.from} ${run}` }
    case 'edit':
    case 'delete':
    case 'status':
      return { ...one, id: own(one.id) }
    case 'moved':
      return { ...one, from: `${one.from} ${run}`, to: `${one.to} ${run}` }
    case 'end':
    case 'consent':
      return { ...one, address: `${one.address} ${run}` }
    default:
      return one
  }
}

/** With the ids that are left, of contacts who write in a conversation that is not theirs, told apart by their order. */
const withoutIds = (text: string): string => {
  const seenBefore = new Map<string, string>()
  return text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, (one) => {
    const name = seenBefore.get(one) ?? `id ${seenBefore.size}`
    seenBefore.set(one, name)
    return name
  })
}

/** All that one run can see, without the ids that are given at random. */
const seen = async ({ office, run, sent }: World, receipts: ReadonlyArray<Receipt>): Promise<unknown> => {
  const conversations = (await listed(office.as('mia'), { tab: 'all' })).filter(({ contact }) =>
    people.some((name) => contact.address === `${name} ${run}`),
  )
  const all = await Promise.all(
    conversations.map(async (one) => ({ ...one, ...(await history(office.as('mia'), one.id)) })),
  )
  const names = new Map([[sent, ours]])
  for (const { id: own, contact, entries } of all) {
    const [first] = entries
    const began = first?.what._tag === 'MessageReceived' ? first.what.message.externalId : 'nothing'
    names.set(own, `the conversation that began with ${began}`)
    names.set(contact.id, `the contact ${contact.address}`)
  }
  const named = (value: unknown): string =>
    withoutIds([...names].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value)))
  return { receipts: named(receipts), conversations: all.map(named).toSorted() }
}

export const mixedRequestCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G07 whatever one request brings, in whatever order, comes to the same as if each had come alone',
    body: async (rig) => {
      let runs = 0
      const [apart, joined] = ['apart', 'joined'].map((name) => officeOf(rig.engine(), name))
      if (apart === undefined || joined === undefined) throw new Error('two workspaces')
      for (const { id: name } of [apart, joined]) await furnish(rig.engine(), name)
      const requests = fc.array(fc.array(event, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 3 })
      await fc.assert(
        fc.asyncProperty(requests, async (bodies) => {
          runs += 1
          const alone = await answered(rig, apart, runs)
          const together = await answered(rig, joined, runs)
          const receipts: Array<Receipt> = []
          const all: Array<Receipt> = []
          for (const body of bodies) {
            for (const one of body) receipts.push(...(await apart.deliver('phone', inWorld(alone, one))))
            all.push(...(await joined.deliver('phone', ...body.map((one) => inWorld(together, one)))))
          }
          same(await seen(together, all), await seen(alone, receipts), 'what one request came to')
        }),
        { numRuns: 25 },
      )
    },
  },
  {
    name: 'G07 a thousand updates of every kind in one request are stored in one commit, in their order',
    body: async (rig) => {
      const office = await rig.office()
      const writers = Array.from({ length: 100 }, (_, n) => `person ${n}`)
      await office.deliver('chat', ...writers.map((from) => message(from, 'hello')))
      await rig.engine().settle()
      const events = writers.flatMap(
        (from): ReadonlyArray<LoopbackEvent> => [
          { type: 'moved', from: `id of ${from}`, to: from },
          { type: 'react', id: `${from}: hello`, from, emoji: '👍' },
          message(from, 'one'),
          { type: 'edit', id: `${from}: hello`, text: 'hello!' },
          { type: 'react', id: `${from}: one`, from: `id of ${from}`, emoji: '🎉' },
          message(from, 'two'),
          { type: 'delete', id: `${from}: two` },
          { type: 'edit', id: `${from}: one`, text: 'one, or so' },
          { type: 'react', id: `${from}: hello`, from, emoji: null },
          { type: 'status', id: `${from}: nobody knows`, status: 'read' },
          message(from, 'three'),
        ],
      )
      const before = rig.store().stats().commits
      await office.deliver('chat', ...events)
      same(rig.store().stats().commits - before, 1, 'commits')
      for (const { id: conversation } of await listed(office.as('mia'))) {
        const { messages } = await history(office.as('mia'), conversation)
        same(
          messages.map(({ text, deleted, reactions }) => [text, deleted, reactions.map(({ emoji }) => emoji)]),
          [
            ['hello!', false, []],
            ['one, or so', false, ['🎉']],
            ['', true, []],
            ['three', false, []],
          ],
          'a conversation',
        )
      }
    },
  },
]
