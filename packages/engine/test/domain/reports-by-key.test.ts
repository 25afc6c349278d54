import {
  type Delivery,
  type DeliveryReport,
  advance,
  queued,
  readSendKey,
  reportedOf,
  requeued,
  seenBefore,
  sendKey,
} from '@guichet/engine/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const order = ['queued', 'sending', 'uncertain', 'failed', 'sent', 'delivered', 'read'] as const
const rank = ({ status }: Delivery): number => order.indexOf(status)

const report: fc.Arbitrary<DeliveryReport> = fc.record({
  status: fc.constantFrom('sent', 'delivered', 'read', 'failed'),
  at: fc.nat(100),
})

/** A message in pieces of which some have left, wherever it is on its way. */
const partly: fc.Arbitrary<Delivery> = fc
  .record({ pieces: fc.integer({ min: 2, max: 5 }), left: fc.nat(4), status: fc.constantFrom(...order.slice(0, 3)) })
  .map(({ pieces, left, status }) => ({
    ...advance(queued(0), { status, at: 1 }),
    pieces,
    sentPieces: Math.min(left, pieces - 1),
  }))

describe('the key of a send', () => {
  it('is read back as what it was made of', () => {
    const id = fc.string({ minLength: 1 })
    const workspace = id.filter((one) => !one.includes('/'))
    fc.assert(
      fc.property(workspace, id, fc.integer({ min: 1, max: 1e9 }), fc.nat(99), (of, conversation, seq, piece) => {
        const sent = { workspace: of, conversation, seq, piece }
        expect(readSendKey(sendKey(sent))).toEqual(sent)
      }),
    )
  })

  it('is nothing else: what can be read is written the same again', () => {
    const words = fc.array(fc.constantFrom('acme', '', '4', '04', '-1', '1e3', '0', ' 1', '1.5', '/'), { maxLength: 6 })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          words.map((all) => all.join('/')),
        ),
        (text) => {
          const read = readSendKey(text)
          if (read !== undefined) expect(sendKey(read)).toBe(text)
        },
      ),
    )
  })
})

describe('what is reported of a piece', () => {
  it('never takes a delivery back, and forgets no piece that has left', () => {
    fc.assert(
      fc.property(partly, fc.array(fc.tuple(report, fc.nat(6)), { maxLength: 8 }), (begun, reports) => {
        let current = begun
        for (const [heard, piece] of reports) {
          const next = reportedOf(current, heard, piece)
          expect(rank(next)).toBeGreaterThanOrEqual(rank(current))
          if (next.sentPieces !== undefined) expect(next.sentPieces).toBeGreaterThanOrEqual(current.sentPieces ?? 0)
          current = next
        }
      }),
    )
  })

  it('said twice is the same as said once', () => {
    fc.assert(
      fc.property(partly, report, fc.nat(6), (current, heard, piece) => {
        const once = reportedOf(current, heard, piece)
        expect(reportedOf(once, heard, piece)).toEqual(once)
      }),
    )
  })

  it('ends the doubt about a message only when it is about its last piece', () => {
    const doubt: Delivery = { ...advance(queued(0), { status: 'uncertain', at: 1 }), sentPieces: 1, pieces: 3 }
    expect(reportedOf(doubt, { status: 'delivered', at: 2 }, 1)).toEqual({ ...doubt, sentPieces: 2 })
    expect(reportedOf(doubt, { status: 'delivered', at: 2 }, 2)).toEqual({ status: 'delivered', at: 2, attempts: 0 })
  })
})

describe('a watermark by time', () => {
  const mark = fc.record({ status: fc.constantFrom('delivered' as const, 'read' as const), upTo: fc.nat(100) })

  it('moves nothing that is not known to have been taken, and nothing that was taken after it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...order), fc.nat(100), fc.nat(100), mark, (status, sentAt, at, seen) => {
        const current = { ...queued(0), status, at }
        const next = seenBefore(current, sentAt, seen)
        if (next === current) return
        expect(order.indexOf(status)).toBeGreaterThanOrEqual(order.indexOf('sent'))
        expect(sentAt).toBeLessThanOrEqual(seen.upTo)
        expect(seenBefore({ ...current, leftAt: seen.upTo + 1 }, sentAt, seen).status).toBe(status)
        expect(rank(next)).toBeGreaterThan(rank(current))
      }),
    )
  })

  it('says the same in whatever order it comes beside another one', () => {
    const sent = advance(queued(0), { status: 'sent', at: 5 })
    fc.assert(
      fc.property(fc.nat(100), mark, mark, (sentAt, one, other) => {
        const both = seenBefore(seenBefore(sent, sentAt, one), sentAt, other)
        const turned = seenBefore(seenBefore(sent, sentAt, other), sentAt, one)
        expect(both.status).toBe(turned.status)
      }),
    )
  })

  it('leaves a message alone that waits to be sent again', () => {
    const waits = requeued(advance(queued(0), { status: 'sending', at: 1 }), 2, 'nobody answers')
    expect(seenBefore(waits, 0, { status: 'read', upTo: 50 })).toBe(waits)
  })
})
