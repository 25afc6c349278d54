import type { Delivery, DeliveryStatus } from '@guichet/engine'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { LoopbackEvent } from '../../channel/loopback-protocol.ts'
import type { GuaranteeCase } from '../case.ts'
import { type Office, granted, history, message, officeOf } from '../office.ts'
import type { Rig } from '../rig.ts'

type Reported = Extract<LoopbackEvent, { readonly type: 'status' }>['status']

/** From the first to the last; nothing may step back in it. */
const order: ReadonlyArray<DeliveryStatus> = ['queued', 'sending', 'uncertain', 'failed', 'sent', 'delivered', 'read']

const rank = (status: DeliveryStatus | undefined): number => (status === undefined ? -1 : order.indexOf(status))

const furthest = (all: ReadonlyArray<DeliveryStatus>): DeliveryStatus =>
  all.reduce((best, one) => (rank(one) > rank(best) ? one : best))

const permutations = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length < 2
    ? [all]
    : all.flatMap((one, n) => permutations(all.filter((_, other) => other !== n)).map((rest) => [one, ...rest]))

const report = (id: string, status: Reported): LoopbackEvent => ({
  type: 'status',
  id,
  status,
  ...(status === 'failed' ? { error: { code: 'full', message: 'the mailbox is full' } } : {}),
})

const deliveryOf = async (office: Office, id: string): Promise<Delivery | null | undefined> =>
  (await history(office.as('ana'), id)).messages.findLast(({ direction }) => direction === 'out')?.delivery

/** Sends one message whose answer hangs; the id under which it is reported. */
const hanging = async (rig: Rig, office: Office, account: string, person: string) => {
  const conversation = await office.arrives(account, message(person, 'hello'))
  rig.provider.script(person, 'acceptThenHang')
  granted(await office.as('ana').reply(conversation, { text: 'bonjour' }))
  const attempt = () => rig.provider.attempts().find(({ to }) => to === person)
  await rig.provider.until(() => attempt() !== undefined)
  return { conversation, externalId: attempt()?.externalId ?? '' }
}

export const reportCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G18 in whatever order reports arrive, before and after the send has returned, the status only moves forward',
    body: async (rig) => {
      const office = await rig.office()
      const all: ReadonlyArray<Reported> = ['sent', 'delivered', 'read', 'failed']
      let run = 0
      for (const account of ['chat', 'mail']) {
        for (const reports of permutations(all)) {
          for (const early of account === 'chat' ? [0, 2, 4] : [2]) {
            run += 1
            const { conversation, externalId } = await hanging(rig, office, account, `person ${run}`)
            let before: Delivery | null | undefined
            const look = async (): Promise<void> => {
              const now = await deliveryOf(office, conversation)
              const what = `${account}, ${reports.join(' ')}, returned after ${early}`
              assert(
                rank(now?.status) >= rank(before?.status),
                `${what}: from ${before?.status} back to ${now?.status}`,
              )
              before = now
            }
            for (const status of reports.slice(0, early)) {
              same(await office.deliver(account, report(externalId, status)), [{ _tag: 'Applied' }], 'an early report')
              await look()
            }
            rig.provider.release()
            await rig.engine().settle()
            await look()
            for (const status of reports.slice(early)) {
              await office.deliver(account, report(externalId, status))
              await look()
            }
            same(before?.status, 'read', `after ${reports.join(' ')}`)
          }
        }
      }
    },
  },
  {
    name: 'G18 any reports, repeated and at once to two engines, end with the furthest that was reported',
    body: async (rig) => {
      const office = await rig.office()
      const other = officeOf(await rig.start(), office.id)
      let run = 0
      const reports = fc.array(fc.constantFrom<Reported>('sent', 'delivered', 'read', 'failed'), { maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(reports, fc.boolean(), async (statuses, early) => {
          run += 1
          const person = `person ${run}`
          const { conversation, externalId } = await hanging(rig, other, 'chat', person)
          const returned = async (): Promise<void> => {
            rig.provider.release()
            await rig.engine().settle()
          }
          if (!early) await returned()
          await Promise.all(
            statuses.map((status, n) => (n % 2 === 0 ? office : other).deliver('chat', report(externalId, status))),
          )
          if (early) await returned()
          const delivery = await deliveryOf(office, conversation)
          const sent: DeliveryStatus = 'sent'
          same(delivery?.status, furthest([sent, ...statuses]), `after ${statuses.join(' ')}`)
        }),
        { numRuns: 25 },
      )
    },
  },
  {
    name: 'G18 a failure that is reported after the message has arrived is kept beside its status, whatever comes later',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const externalId = rig.provider.nextId()
      granted(await office.as('ana').reply(id, { text: 'bonjour' }))
      await rig.engine().settle()
      await office.deliver('chat', report(externalId, 'delivered'))
      const seen: Array<unknown> = []
      for (const status of ['failed', 'sent', 'read', 'failed'] as const) {
        await office.deliver('chat', report(externalId, status))
        const delivery = await deliveryOf(office, id)
        seen.push([delivery?.status, delivery?.error?.code])
      }
      same(
        seen,
        [
          ['delivered', 'full'],
          ['delivered', 'full'],
          ['read', 'full'],
          ['read', 'full'],
        ],
        'status and error',
      )
    },
  },
  {
    name: 'G18 a report on an id that nobody knows yet waits for it, also through a restart',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const externalId = rig.provider.nextId()
      same(
        await office.deliver('chat', report(externalId, 'delivered'), report('never sent', 'read')),
        [{ _tag: 'Applied' }, { _tag: 'Applied' }],
        'reports on unknown ids',
      )
      const later = officeOf(await rig.restart(), office.id)
      granted(await later.as('ana').reply(id, { text: 'one' }))
      granted(await later.as('ana').reply(id, { text: 'two' }))
      await rig.engine().settle()
      const { messages } = await history(later.as('ana'), id)
      same(
        messages.map(({ delivery }) => delivery?.status ?? null),
        [null, 'delivered', 'sent'],
        'the deliveries',
      )
    },
  },
  {
    name: 'G18 a report that claims to know the future is held back to now',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'hello'))
      const externalId = rig.provider.nextId()
      granted(await office.as('ana').reply(id, { text: 'bonjour' }))
      await rig.engine().settle()
      await office.deliver('chat', { type: 'status', id: externalId, status: 'read', at: rig.clock.now() + 1e9 })
      same((await deliveryOf(office, id))?.at, rig.clock.now(), 'when it was read')
    },
  },
]
