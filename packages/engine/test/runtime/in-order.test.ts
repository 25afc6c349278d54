import type { InboundEvent } from '@guichet/engine/ports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Item, inOrder } from '../../src/runtime/ingest/in-order.ts'

const about = (externalId: string): InboundEvent => ({ _tag: 'MessageDeleted', externalId })
const telling = (externalId: string): InboundEvent => ({
  _tag: 'MessageReceived',
  externalId,
  from: { address: 'zoe' },
  parts: [],
})

const id = fc.constantFrom('a', 'b', 'c')
const deliveries = fc.array(fc.oneof(id.map(about), id.map(telling)), { maxLength: 12 })
const waiting = fc.array(id, { maxLength: 4 })

const idOf = (event: InboundEvent): string => ('externalId' in event ? (event.externalId ?? '') : '')
const naming = {
  tells: (event: InboundEvent) => (event._tag === 'MessageReceived' ? event.externalId : undefined),
  waitsFor: (event: InboundEvent) => (event._tag === 'MessageDeleted' ? event.externalId : undefined),
}

const ordered = (events: ReadonlyArray<InboundEvent>, rows: ReadonlyArray<string> = []) =>
  inOrder(
    events.map((event): Item => ({ event })),
    naming,
    (told) => rows.flatMap((row, n) => (row === told ? [{ event: about(row), row: `${n}` }] : [])),
  )

describe('law: the order in which a delivery is taken in', () => {
  it('has everything that was delivered in it once, and what tells a message where it was among what was not early', () => {
    fc.assert(
      fc.property(deliveries, (events) => {
        const turns = ordered(events)
        const indexes = turns.map(({ index }) => index ?? -1)
        expect(indexes.toSorted((a, b) => a - b)).toEqual(events.map((_, n) => n))
        const inTime = turns.filter(({ early }) => !early).map(({ index }) => index ?? -1)
        expect(inTime).toEqual(inTime.toSorted((a, b) => a - b))
      }),
    )
  })

  it('has nothing about a message before what tells it, and all about one message as it came', () => {
    fc.assert(
      fc.property(deliveries, waiting, (events, rows) => {
        const turns = ordered(events, rows)
        for (const one of ['a', 'b', 'c']) {
          const first = turns.findIndex(({ event }) => naming.tells(event) === one)
          const saying = turns.flatMap((turn, at) => (naming.waitsFor(turn.event) === one ? [{ ...turn, at }] : []))
          if (first >= 0) expect(saying.every(({ at }) => at > first)).toBe(true)
          const own = saying.flatMap(({ index }) => index ?? [])
          expect(own).toEqual(own.toSorted((a, b) => a - b))
        }
      }),
    )
  })

  it('has what has waited right behind what tells its message, before what came early with it', () => {
    fc.assert(
      fc.property(deliveries, waiting, (events, rows) => {
        const turns = ordered(events, rows)
        for (const [at, { event }] of turns.entries()) {
          const isFirst =
            turns.findIndex((turn) => turn.event._tag === event._tag && idOf(turn.event) === idOf(event)) === at
          if (event._tag !== 'MessageReceived' || !isFirst) continue
          const due = rows.flatMap((row, n) => (row === event.externalId ? [`${n}`] : []))
          expect(turns.slice(at + 1, at + 1 + due.length).map(({ row }) => row)).toEqual(due)
        }
      }),
    )
  })
})
