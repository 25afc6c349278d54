import { advance, queued } from '@guichet/engine/domain'
import type { InboundEvent } from '@guichet/engine/ports'
import * as fc from 'fast-check'
import { assert, same } from '../assert.ts'
import { holds } from '../property.ts'
import { checkEvent } from './events.ts'
import type { ChannelBench, ChannelCase } from './harness.ts'

const area = 'parse'

type Reported = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>

/** What each request reports. */
const reported = async (bench: ChannelBench): Promise<ReadonlyArray<Reported>> => {
  const { channel, account } = bench
  const all = await Promise.all(bench.given('reports').map((request) => channel.parse(request, account)))
  return all.flat().flatMap((event) => {
    checkEvent(event)
    return event._tag === 'DeliveryReported' ? [event] : []
  })
}

const statusAfter = (reports: ReadonlyArray<Reported>): string =>
  reports.reduce((delivery, { status }, at) => advance(delivery, { status, at }), queued(0)).status

export const reportCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'reports each step in the life of a message as one that is further than the one before',
    guarantee: 'G18',
    needs: ['reports'],
    body: async (bench) => {
      const reports = await reported(bench)
      same(reports.length, bench.given('reports').length, 'one report of each request')
      same(new Set(reports.map(({ externalId }) => externalId)).size, 1, 'messages that are reported on')
      let before = 'queued'
      for (const [at, { status }] of reports.entries()) {
        const now = statusAfter(reports.slice(0, at + 1))
        assert(now === status && now !== before, `step ${at + 1} is ${status}, after ${before}`)
        before = now
      }
    },
  },
  {
    area,
    name: 'reports what ends at the same status in whatever order and however often it comes: never backwards',
    guarantee: 'G18',
    needs: ['reports'],
    body: async (bench) => {
      const reports = await reported(bench)
      const last = reports.at(-1)
      assert(last !== undefined, 'something is reported')
      const orders = fc.shuffledSubarray(reports as Array<Reported>, {
        minLength: reports.length,
        maxLength: reports.length,
      })
      await holds(
        fc.asyncProperty(orders, fc.shuffledSubarray(reports as Array<Reported>), async (all, again) => {
          same(statusAfter([...all, ...again]), last.status, 'the status in the end')
        }),
        bench.runs,
      )
    },
  },
]
