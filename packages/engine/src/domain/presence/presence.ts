import type { Device, Override, Presence, Seat } from './seat.ts'

/** What decides besides the seat. Times are epoch milliseconds, `graceMs` milliseconds. */
export interface PresenceFacts {
  readonly now: number
  /** How long a device counts after it was last heard of. */
  readonly graceMs: number
  /** Whether her shift is on; true for who has none. */
  readonly onShift: boolean
  /** Whether she is on leave. */
  readonly absent: boolean
}

/** Who is there, and when time alone may change that: epoch milliseconds, null when it cannot. */
export interface PresenceNow {
  readonly presence: Presence
  readonly until: number | null
}

/** Long enough that a report which was held back finds what has overtaken it. */
const forgetMs = 24 * 60 * 60 * 1_000
/** A page that gives each visit an id of its own must not grow the seat without end. */
const maxDevices = 16

/** An idle desk is open in front of nobody; a device asleep is as it was when it fell asleep. */
const presenceOn = ({ state, before }: Device): Presence => {
  switch (state) {
    case 'active':
      return 'online'
    case 'idle':
      return 'away'
    case 'asleep':
      return before === 'idle' ? 'away' : 'online'
    case 'closed':
      return 'offline'
  }
}

/**
 * Whether an agent is there. What she said of herself stands above everything until it ends; on leave or off her shift
 * she is offline; otherwise the best of her devices says. A device that was not heard of for the grace is gone; until
 * then one that sleeps counts as it was before, because a phone in a pocket is not an agent who left.
 *
 * `until` knows of devices and of the manual override. Shifts and leave come as facts: whoever knows when they change
 * asks again then.
 *
 * @example
 * ```ts
 * import { presenceOf } from '@guichet/engine/domain'
 *
 * const phone = { id: 'phone', state: 'asleep', seenAt: facts.now } as const
 * const seat = { agent: 'ana', override: null, devices: [phone], lastAssignedAt: null }
 * const present = { now: facts.now + 20_000, graceMs: 60_000, onShift: true, absent: false }
 * console.log(presenceOf(seat, present).presence, presenceOf(seat, { ...present, now: facts.now + 60_000 }).presence)
 * ```
 *
 * ```text
 * online offline
 * ```
 */
export const presenceOf = (seat: Seat, facts: PresenceFacts): PresenceNow => {
  const { now, graceMs, onShift, absent } = facts
  const { override } = seat
  if (override !== null && (override.until === null || override.until > now)) {
    return { presence: override.presence, until: override.until }
  }
  if (absent || !onShift) return { presence: 'offline', until: null }
  let until = { online: 0, away: 0 }
  for (const device of seat.devices) {
    const presence = presenceOn(device)
    const ends = device.seenAt + graceMs
    if (presence !== 'offline' && ends > now) until = { ...until, [presence]: Math.max(until[presence], ends) }
  }
  if (until.online > 0) return { presence: 'online', until: until.online }
  return until.away > 0 ? { presence: 'away', until: until.away } : { presence: 'offline', until: null }
}

const wakeStateOf = (device: Device | undefined): 'active' | 'idle' | undefined => {
  switch (device?.state) {
    case 'active':
    case 'idle':
      return device.state
    case 'asleep':
      return device.before
    default:
      return undefined
  }
}

/**
 * The seat after a device has said how it is. What is older than the last word of that device changes nothing; one
 * that falls asleep is remembered as it was; devices that are long gone are forgotten.
 *
 * @example
 * ```ts
 * import { type Seat, withDevice } from '@guichet/engine/domain'
 *
 * const empty: Seat = { agent: 'ana', override: null, devices: [], lastAssignedAt: null }
 * const working = withDevice(empty, { id: 'desk', state: 'idle', seenAt: facts.now })
 * console.log(withDevice(working, { id: 'desk', state: 'asleep', seenAt: facts.now + 1 }).devices[0]?.before)
 * ```
 *
 * ```text
 * idle
 * ```
 */
export const withDevice = (seat: Seat, device: Device): Seat => {
  const known = seat.devices.find(({ id }) => id === device.id)
  if (known !== undefined && known.seenAt > device.seenAt) return seat
  const before = device.state === 'asleep' ? (device.before ?? wakeStateOf(known)) : undefined
  const { before: _, ...said } = device
  const others = seat.devices
    .filter(({ id, seenAt }) => id !== device.id && seenAt + forgetMs > device.seenAt)
    .sort((a, b) => b.seenAt - a.seenAt)
    .slice(0, maxDevices - 1)
  return { ...seat, devices: [before === undefined ? said : { ...said, before }, ...others] }
}

/**
 * The seat after she has said herself whether she is there; null lets her devices speak again.
 *
 * @example
 * ```ts
 * import { presenceOf, withOverride } from '@guichet/engine/domain'
 *
 * const desk = { id: 'desk', state: 'active', seenAt: facts.now } as const
 * const seat = { agent: 'ana', override: null, devices: [desk], lastAssignedAt: null }
 * const lunch = withOverride(seat, { presence: 'away', until: facts.now + 3_600_000 })
 * console.log(presenceOf(lunch, { now: facts.now, graceMs: 60_000, onShift: true, absent: false }).presence)
 * ```
 *
 * ```text
 * away
 * ```
 */
export const withOverride = (seat: Seat, override: Override | null): Seat => ({ ...seat, override })
