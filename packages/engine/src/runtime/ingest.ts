import type { InboundEvent, Receipt, WireRequest } from '../ports/channel.ts'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { inTime } from './in-time.ts'
import { readdressing } from './ingest/address.ts'
import { amend, end } from './ingest/amend.ts'
import { applyConsent } from './ingest/consent.ts'
import { applyControl } from './ingest/control.ts'
import { applyEcho } from './ingest/echo.ts'
import type { Item } from './ingest/in-order.ts'
import { prepareMessage } from './ingest/message.ts'
import type { Handled } from './ingest/park.ts'
import { placesOf } from './ingest/places.ts'
import { eventAsRequest, eventOf, quarantine } from './ingest/quarantine.ts'
import { reporting } from './ingest/report.ts'
import { makesSense } from './ingest/sense.ts'
import {
  type Taken,
  goesTogether,
  isChanged,
  namesNothing,
  setAside,
  takeTogether,
  waitingFor,
} from './ingest/together.ts'
import { readBefore, readUpTo } from './ingest/watermark.ts'
import { hearHealth } from './standing/change.ts'
import { write } from './write.ts'

/** Applies what was waiting for a message, in the order of arrival, now that it is there. */
export const unparkFor = async (core: Core, to: Connected, externalId: string): Promise<void> => {
  await takeItems(core, to, await waitingFor(core, to, [externalId]))
}

const applyOne = async (core: Core, to: Connected, { event, row }: Item): Promise<Handled> => {
  switch (event._tag) {
    case 'MessageReceived':
      return (await prepareMessage(core, to, event))()
    case 'DeliveryReported':
      return reporting(core, to, event, { row })()
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'Reacted':
      return amend(core, to, event, row)
    case 'ReadUpTo':
      return readUpTo(core, to, event)
    case 'ReadBefore':
      return readBefore(core, to, event)
    case 'Ended':
      return end(core, to, event)
    case 'MessageEchoed':
      return applyEcho(core, to, event)
    case 'ConsentChanged':
      return applyConsent(core, to, event)
    case 'AddressChanged':
      return (await readdressing(core, to, event))()
    case 'ControlChanged':
      return applyControl(core, to, event)
    case 'HealthReported':
      await hearHealth(core, to.workspace, to.account.id, event)
      return { _tag: 'Applied' }
    case 'Ignored':
      return { _tag: 'Ignored', reason: event.reason }
    case 'Unreadable': {
      const request = { method: '', url: '', headers: {}, body: event.raw }
      return quarantine(core, to, { reason: event.reason, request })
    }
  }
}

const takeAlone = async (core: Core, to: Connected, item: Item): Promise<Handled> => {
  const { event } = item
  if (!makesSense(event)) {
    return quarantine(core, to, { reason: 'the event makes no sense', request: eventAsRequest(event) })
  }
  if (namesNothing(event)) return { _tag: 'Rejected', reason: 'NoId' }
  try {
    return await applyOne(core, to, item)
  } catch (error) {
    return setAside(core, to, event, error)
  }
}

/** The messages for which something may wait that can be applied now. */
const foundBy = async (core: Core, to: Connected, taken: ReadonlyArray<Taken>): Promise<ReadonlyArray<string>> => {
  const found: Array<string> = []
  const parked: Array<string> = []
  for (const { event, handled, row } of taken) {
    // Of what made no sense nothing follows.
    if (handled !== 'parked' && handled._tag === 'Quarantined') continue
    if (!('externalId' in event) || event.externalId === undefined) continue
    if (handled === 'parked') {
      if (row === undefined) parked.push(event.externalId)
    } else if (handled._tag === 'Bound') found.push(event.externalId)
    // Also after a duplicate: who died between storing a message and coming here was asked again.
    else if (event._tag === 'MessageReceived' && (handled._tag === 'Stored' || handled._tag === 'Duplicate')) {
      if (isChanged(to)) found.push(event.externalId)
    }
  }
  // Whoever stored a message at the same time, perhaps elsewhere, may have looked too early for what waits for it.
  return parked.length === 0 ? found : [...found, ...(await placesOf(core, to, parked)).keys()]
}

/** What follows from what was taken in: what has waited waits no more, and what can be applied now is. */
const followUp = async (core: Core, to: Connected, taken: ReadonlyArray<Taken>): Promise<void> => {
  const unpark = taken.flatMap(({ row, handled }) => (row === undefined || handled === 'parked' ? [] : [row]))
  if (unpark.length > 0) await write(core, to.workspace, () => ({ unpark }))
  const found = await foundBy(core, to, taken)
  if (found.length > 0) await takeItems(core, to, await waitingFor(core, to, found))
}

/** Takes in one after the other what cannot go together with what stands beside it, and together what can. */
const takeItems = async (core: Core, to: Connected, items: ReadonlyArray<Item>): Promise<ReadonlyArray<Taken>> => {
  const all: Array<Taken> = []
  const run: Array<Item> = []
  const setup = await core.directory.of(to.workspace)
  const take = async (some: ReadonlyArray<Item>): Promise<void> => {
    const [only] = some
    if (only === undefined) return
    const taken =
      some.length === 1
        ? [{ ...only, early: false, index: 0, handled: await takeAlone(core, to, only) }]
        : await takeTogether(core, to, some)
    await followUp(core, to, taken)
    const start = all.length
    for (const one of taken) if (one.index !== undefined) all[start + one.index] = one
  }
  for (const item of items) {
    if (goesTogether(item.event, setup)) run.push(item)
    else {
      await take(run.splice(0))
      await take([item])
    }
  }
  await take(run)
  return all
}

/** What has waited for its message is done with, as far as whoever sent it can tell. */
const receiptOf = ({ handled, early }: Taken): Receipt => {
  if (handled === 'parked' || early) return { _tag: 'Applied' }
  return handled._tag === 'Bound' ? handled.receipt : handled
}

/** What nearly every delivery brings: one message, and nothing beside it. */
const takeOne = async (core: Core, to: Connected, event: InboundEvent): Promise<Receipt> => {
  const handled = await takeAlone(core, to, { event })
  const one: Taken = { event, handled, early: false, index: 0 }
  if (handled === 'parked' || handled._tag === 'Bound' || isChanged(to)) await followUp(core, to, [one])
  return receiptOf(one)
}

/**
 * Takes in what a delivery brought, in its order. Each event ends on its own as stored, applied, duplicate, ignored,
 * rejected or quarantined: one that fails for a reason of its own is set aside with its content and the others go on.
 * Only a failing store or failing blobs reject, and then the whole delivery may be repeated without a double.
 */
export const ingest = async (
  core: Core,
  to: Connected,
  events: ReadonlyArray<InboundEvent>,
): Promise<ReadonlyArray<Receipt>> => {
  const [only] = events
  if (only !== undefined && events.length === 1) return [await takeOne(core, to, only)]
  const items = events.map((event) => ({ event }))
  return (await takeItems(core, to, items)).map(receiptOf)
}

/** Parses raw bytes with the channel and takes in what they say; what cannot be parsed is kept whole. */
export const ingestRequest = async (
  core: Core,
  to: Connected,
  request: WireRequest,
): Promise<ReadonlyArray<Receipt>> => {
  let events: ReadonlyArray<InboundEvent>
  try {
    // A copy: what is set aside must be what came, whatever the channel did to its bytes.
    events = await inTime(core, to.channel.parse({ ...request, body: request.body.slice() }, to.seen))
    if (!Array.isArray(events)) throw new Error('parse did not answer with a list')
  } catch (error) {
    core.report(`parse of ${to.channel.name}`, error)
    return [await quarantine(core, to, { reason: error instanceof Error ? error.message : String(error), request })]
  }
  return ingest(core, to, events)
}

/** Tries again what was set aside: as the event it was, or from the bytes of its request. */
export const replay = (core: Core, to: Connected, request: WireRequest): Promise<ReadonlyArray<Receipt>> => {
  const event = eventOf(request)
  return event === undefined ? ingestRequest(core, to, request) : ingest(core, to, [event])
}
