import { type Device, type Presence, type Seat, presenceOf, withDevice, withOverride } from '@guichet/engine/domain'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noon } from './planning.ts'

const graceMs = 60_000
const present = { now: noon, graceMs, onShift: true, absent: false }
const seatWith = (...devices: ReadonlyArray<Device>): Seat => ({
  agent: 'ana',
  override: null,
  devices,
  lastAssignedAt: null,
})
const device = (state: Device['state'], ago = 0, id = 'desk'): Device => ({ id, state, seenAt: noon - ago })

describe('G28 presence', () => {
  it.each<[Device['state'], Presence]>([
    ['active', 'online'],
    ['idle', 'away'],
    ['asleep', 'online'],
    ['closed', 'offline'],
  ])('with one device that is %s is %s', (state, presence) => {
    expect(presenceOf(seatWith(device(state)), present).presence).toBe(presence)
  })

  it('without a device is offline', () => {
    expect(presenceOf(seatWith(), present)).toEqual({ presence: 'offline', until: null })
  })

  it('is that of the best device', () => {
    const many = seatWith(device('closed', 0, 'tablet'), device('active', 50_000, 'phone'), device('idle', 10_000))
    expect(presenceOf(many, present)).toEqual({ presence: 'online', until: noon + 10_000 })
    expect(presenceOf(many, { ...present, now: noon + 10_000 })).toEqual({ presence: 'away', until: noon + 50_000 })
    expect(presenceOf(many, { ...present, now: noon + 50_000 })).toEqual({ presence: 'offline', until: null })
  })

  it('of a phone that sleeps is as it was before, for the grace and no longer', () => {
    const pocketed = withDevice(seatWith(device('active', 90_000)), device('asleep', 30_000))
    expect(presenceOf(pocketed, present)).toEqual({ presence: 'online', until: noon + 30_000 })
    expect(presenceOf(pocketed, { ...present, now: noon + 30_000 }).presence).toBe('offline')
    const idled = withDevice(seatWith(device('idle', 90_000)), device('asleep', 30_000))
    expect(presenceOf(idled, present).presence).toBe('away')
    expect(presenceOf(withDevice(idled, device('asleep')), present).presence).toBe('away')
  })

  it('off shift or on leave is offline, whatever the devices say', () => {
    expect(presenceOf(seatWith(device('active')), { ...present, onShift: false }).presence).toBe('offline')
    expect(presenceOf(seatWith(device('active')), { ...present, absent: true }).presence).toBe('offline')
  })

  it('set by hand stands above everything until it ends', () => {
    const lunch = withOverride(seatWith(device('active')), { presence: 'away', until: noon + 5 })
    expect(presenceOf(lunch, present)).toEqual({ presence: 'away', until: noon + 5 })
    expect(presenceOf(lunch, { ...present, now: noon + 5 }).presence).toBe('online')
    const stays = withOverride(seatWith(), { presence: 'online', until: null })
    expect(presenceOf(stays, { ...present, onShift: false, absent: true })).toEqual({ presence: 'online', until: null })
    expect(presenceOf(withOverride(stays, null), present).presence).toBe('offline')
  })

  it('stays as it is until it says it may change, in every generated seat', () => {
    const anyDevice = fc.record({
      id: fc.constantFrom('desk', 'phone', 'tablet'),
      state: fc.constantFrom<Device['state']>('active', 'idle', 'asleep', 'closed'),
      seenAt: fc.integer({ min: noon - 2 * graceMs, max: noon }),
    })
    const override = fc.option(
      fc.record({
        presence: fc.constantFrom<Presence>('online', 'away', 'offline'),
        until: fc.option(fc.integer({ min: noon - 10, max: noon + 10 })),
      }),
    )
    fc.assert(
      fc.property(
        fc.array(anyDevice, { maxLength: 6 }),
        override,
        fc.nat({ max: 3 * graceMs }),
        (reports, by, later) => {
          const seat = withOverride(reports.reduce(withDevice, seatWith()), by)
          const { presence, until } = presenceOf(seat, present)
          if (until !== null) expect(until).toBeGreaterThan(noon)
          const then = Math.min(noon + later, (until ?? Number.POSITIVE_INFINITY) - 1)
          expect(presenceOf(seat, { ...present, now: then })).toEqual({ presence, until })
          const ended = by === null || (by.until !== null && by.until <= noon)
          if (until !== null && ended) expect(presenceOf(seat, { ...present, now: until }).presence).not.toBe(presence)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a seat', () => {
  it('keeps one word of each device, the last', () => {
    const seat = withDevice(seatWith(device('active', 500), device('idle', 400, 'phone')), device('idle', 100))
    expect(seat.devices).toEqual([device('idle', 100), device('idle', 400, 'phone')])
  })

  it('is not changed by a report that something newer has overtaken', () => {
    const closed = seatWith(device('closed', 100))
    expect(withDevice(closed, device('active', 200))).toBe(closed)
  })

  it('forgets devices that were not heard of for a day, and keeps sixteen at most', () => {
    const day = 24 * 60 * 60 * 1_000
    expect(withDevice(seatWith(device('active', day, 'old')), device('active')).devices).toEqual([device('active')])
    const tabs = Array.from({ length: 40 }, (_, at) => device('idle', 40 - at, `tab${at}`))
    const { devices } = tabs.reduce(withDevice, seatWith())
    expect(devices).toHaveLength(16)
    expect(devices[0]).toEqual(device('idle', 1, 'tab39'))
    expect(devices.map(({ id }) => id)).not.toContain('tab0')
  })

  it('forgets how a device was before when it wakes up', () => {
    const asleep = withDevice(seatWith(device('idle', 300)), device('asleep', 200))
    expect(asleep.devices).toEqual([{ ...device('asleep', 200), before: 'idle' }])
    expect(withDevice(asleep, device('active', 100)).devices).toEqual([device('active', 100)])
  })
})
