import type { Delivery, DeliveryStatus } from '@guichet/engine'
import fc from 'fast-check'
import { same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'

type Reported = Extract<LoopbackEvent, { readonly type: 'status' }>['status']

const order: ReadonlyArray<DeliveryStatus> = ['uncertain', 'failed', 'sent', 'delivered', 'read']

const furthest = (all: ReadonlyArray<DeliveryStatus>): DeliveryStatus =>
  all.reduce((best, one) => (order.indexOf(one) > order.indexOf(best) ? one : best))

const deliveryOf = async (office: Office, id: string): Promise<Delivery | null | undefined> =>
  (await history(office.as('ana'), id)).messages.findLast(({ direction }) => direction === 'out')?.delivery

/** Sends one message whose answer is lost. */
const doubtful = async (rig: Rig, office: Office, person: string) => {
  const conversation = await office.arrives('phone', message(person, 'hello'))
  rig.provider.script(person, 'acceptThenThrow')
  granted(await office.as('ana').reply(conversation, { text: 'bonjour' }))
  rig.expect('send of phone')
  await rig.engine().settle()
  const externalId = rig.provider.attempts().findLast(({ to }) => to === person)?.externalId ?? ''
  return { conversation, externalId, reference: `${office.id}/${conversation}/2/0` }
}

export const reportByKeyCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G17 what became of a message in doubt is heard from a report with its key, and it is sent no second time',
    body: async (rig) => {
      const office = await rig.office()
      const { conversation, externalId, reference } = await doubtful(rig, office, 'zoe')
      same((await deliveryOf(office, conversation))?.status, 'uncertain', 'before the report')
      const later = officeOf(await rig.restart(), office.id)
      await later.deliver('phone', { type: 'status', id: externalId, status: 'delivered', reference })
      await later.deliver('phone', { type: 'status', id: externalId, status: 'read' })
      await rig.engine().settle()
      same((await deliveryOf(later, conversation))?.status, 'read', 'after the reports')
      same(rig.provider.inbox('zoe'), ['bonjour'], 'what the customer got')
    },
  },
  {
    name: 'G18 any reports on a message in doubt, with its key or by its id, repeated and at once to two engines, end with the furthest',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      const one = fc.record({
        status: fc.constantFrom<Reported>('sent', 'delivered', 'read', 'failed'),
        byKey: fc.boolean(),
      })
      let run = 0
      await fc.assert(
        fc.asyncProperty(fc.array(one, { maxLength: 6 }), async (reports) => {
          run += 1
          const { conversation, externalId, reference } = await doubtful(rig, other, `person ${run}`)
          await Promise.all(
            reports.map(({ status, byKey }, n) =>
              (n % 2 === 0 ? office : other).deliver('phone', {
                type: 'status',
                id: externalId,
                status,
                ...(byKey ? { reference } : {}),
              }),
            ),
          )
          const heard = reports.some(({ byKey }) => byKey) ? reports.map(({ status }) => status) : []
          const expected = furthest(['uncertain', ...heard])
          same((await deliveryOf(office, conversation))?.status, expected, JSON.stringify(reports))
        }),
        { numRuns: 20 },
      )
    },
  },
  {
    name: 'G18 a time up to which all was seen moves what had been taken by then, in whatever order such times come',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('phone', message('zoe', 'hello'))
      const times: Array<number> = []
      for (const text of ['one', 'two', 'three']) {
        rig.clock.advance(60_000)
        times.push(rig.clock.now())
        granted(await office.as('ana').reply(id, { text }))
        await rig.engine().settle()
      }
      const [, second = 0, third = 0] = times
      for (const [upTo, status] of [
        [third, 'delivered'],
        [second, 'read'],
        [second, 'delivered'],
      ] as const) {
        await office.deliver('phone', { type: 'seen', address: 'zoe', upTo, status })
      }
      const { messages } = await history(office.as('ana'), id)
      const statuses = messages.flatMap(({ delivery }) => (delivery === null ? [] : [delivery.status]))
      same(statuses, ['read', 'read', 'delivered'], 'the statuses')
    },
  },
]
