import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import { decodeEvent } from '../../codec/event.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { EngineError, storageFailed } from '../error.ts'
import { readdressing } from './address.ts'
import { type Amending, amend, amending } from './amend.ts'
import { type Item, type Naming, type Turn, inOrder } from './in-order.ts'
import { prepareMessage } from './message.ts'
import type { Handled, Parkable } from './park.ts'
import { type Place, placesOf } from './places.ts'
import { eventAsRequest, quarantine } from './quarantine.ts'
import { reporting } from './report.ts'
import { makesSense } from './sense.ts'
import { type Step, isStale } from './step.ts'

/** What became of an event. */
export interface Taken extends Turn {
  readonly handled: Handled
}

const isParkable = (event: InboundEvent): event is Parkable =>
  event._tag === 'DeliveryReported' ||
  event._tag === 'MessageEdited' ||
  event._tag === 'MessageDeleted' ||
  event._tag === 'Reacted'

/** On channels whose customers change what they wrote, a change may come before its message. */
export const isChanged = ({ channel }: Connected): boolean => {
  const { edit, delete: deletes, reactions, customerChanges } = channel.capabilities
  return edit || deletes || reactions === true || customerChanges === true
}

/** A failure from which something is learnt of the contact, which its journal says right after it. */
const isOfContact = ({ status, because }: Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>): boolean =>
  status === 'failed' && (because === 'window' || because === 'optedOut')

/**
 * What is taken in together with what stands beside it. The others read what is stored, or do more than one commit: they
 * are taken in between. `blocks`: who is blocked is looked up at an address as it is stored.
 */
export const goesTogether = (event: InboundEvent, { blocks }: Pick<Setup, 'blocks'>): boolean => {
  if (!makesSense(event)) return true
  switch (event._tag) {
    case 'MessageReceived':
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'Reacted':
    case 'Ignored':
    case 'Unreadable':
      return true
    case 'DeliveryReported':
      return !isOfContact(event)
    case 'AddressChanged':
      return blocks.size === 0
    default:
      return false
  }
}

/** What is said about a message has to name it: an empty id would lead to whatever else came without one. */
export const namesNothing = (event: InboundEvent): boolean =>
  (isParkable(event) || event._tag === 'MessageEchoed') && event.externalId.trim() === ''

/** An event that fails for a reason of its own is set aside with its content; a failing store fails everything. */
export const setAside = async (core: Core, to: Connected, event: InboundEvent, error: unknown): Promise<Receipt> => {
  if (error instanceof EngineError && error.code !== 'Defect') throw error
  core.report('ingest', error)
  return quarantine(core, to, { reason: 'the event could not be handled', request: eventAsRequest(event) })
}

/** What all of them came to; where one fails, when none is under way any more. */
const allOf = async <A>(under: ReadonlyArray<Promise<A>>): Promise<ReadonlyArray<A>> => {
  const settled = await Promise.allSettled(under)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/** What waits in the store for messages, the oldest first. */
export const waitingFor = async (
  core: Core,
  { workspace, account }: Connected,
  externalIds: ReadonlyArray<string>,
): Promise<ReadonlyArray<Item & { readonly externalId: string }>> => {
  if (externalIds.length === 0) return []
  try {
    const rows = await core.storage.parked(workspace, account.id, [...new Set(externalIds)])
    return rows.map(({ id, externalId, data }) => ({ row: id, externalId, event: decodeEvent(data) }))
  } catch (error) {
    throw storageFailed(error)
  }
}

const namingOf = (to: Connected, places: ReadonlyMap<string, Place>): Naming => ({
  tells: (event) => {
    if (!makesSense(event)) return undefined
    if (event._tag === 'MessageReceived') return isChanged(to) ? event.externalId : undefined
    const byKey = event._tag === 'DeliveryReported' && event.reference !== undefined
    return byKey && !places.has(event.externalId) ? event.externalId : undefined
  },
  waitsFor: (event) =>
    makesSense(event) && isParkable(event) && !places.has(event.externalId) ? event.externalId : undefined,
})

const prepare = async (
  core: Core,
  to: Connected,
  { event, row }: Turn,
  places: ReadonlyMap<string, Place>,
  request: object,
): Promise<Step> => {
  if (!makesSense(event)) {
    return () => quarantine(core, to, { reason: 'the event makes no sense', request: eventAsRequest(event) }, request)
  }
  if (namesNothing(event)) return async () => ({ _tag: 'Rejected', reason: 'NoId' })
  switch (event._tag) {
    case 'MessageReceived':
      return prepareMessage(core, to, event, request)
    case 'AddressChanged':
      return readdressing(core, to, event, request)
    case 'Ignored':
      return async () => ({ _tag: 'Ignored', reason: event.reason })
    case 'Unreadable': {
      const said = { method: '', url: '', headers: {}, body: event.raw }
      return () => quarantine(core, to, { reason: event.reason, request: said }, request)
    }
    case 'DeliveryReported':
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'Reacted': {
      const beside = { request, place: places.get(event.externalId), row }
      return event._tag === 'DeliveryReported' ? reporting(core, to, event, beside) : amending(core, to, event, beside)
    }
    default:
      throw new Error(`${event._tag} is taken in alone`)
  }
}

/** Places of the messages that these are about. */
const placesFor = (core: Core, to: Connected, items: ReadonlyArray<Item>): Promise<ReadonlyMap<string, Place>> => {
  const about = items.flatMap(({ event }) =>
    makesSense(event) && isParkable(event) && !namesNothing(event) ? [event.externalId] : [],
  )
  return placesOf(core, to, about)
}

/** Made ready side by side, handed to the committer in their order: one commit. */
const takeTurns = async (
  core: Core,
  to: Connected,
  turns: ReadonlyArray<Turn>,
  places: ReadonlyMap<string, Place>,
): Promise<ReadonlyArray<Taken>> => {
  const request = {}
  const steps = await Promise.all(
    turns.map((turn) =>
      prepare(core, to, turn, places, request).catch((error: unknown) => (): Promise<never> => Promise.reject(error)),
    ),
  )
  const handled = await allOf(
    steps.map((step, at) =>
      step().catch((error: unknown) => setAside(core, to, turns[at]?.event as InboundEvent, error)),
    ),
  )
  const taken: Array<Taken> = []
  for (const [at, turn] of turns.entries()) {
    const first = handled[at] ?? 'parked'
    // One by one, in their order: all that is about one message is late when one of it is.
    const last = isStale(first) ? await amend(core, to, turn.event as Amending, turn.row) : first
    taken.push({ ...turn, handled: last })
  }
  return taken
}

/**
 * What a report tells the id of stands in the store already, and can only be read when that is known: what has waited for
 * it begins anew.
 */
const beginsAnew = (turn: Turn, before: Turn | undefined): boolean =>
  turn.early && turn.event._tag !== 'DeliveryReported' && before?.event._tag === 'DeliveryReported'

/**
 * Takes in what stands next to each other in a delivery, so that a request with a thousand updates of whatever kind is one
 * commit, and the same as if they came one after the other. Answers what became of each, and of what has waited for
 * messages among them, which has no place in the delivery.
 */
export const takeTogether = async (
  core: Core,
  to: Connected,
  items: ReadonlyArray<Item>,
): Promise<ReadonlyArray<Taken>> => {
  const places = await placesFor(core, to, items)
  const naming = namingOf(to, places)
  const told = items.flatMap(({ event }) => naming.tells(event) ?? [])
  const setup = await core.directory.of(to.workspace)
  const waiting = (await waitingFor(core, to, told)).filter(({ event }) => goesTogether(event, setup))
  const turns = inOrder(items, naming, (id) => waiting.filter(({ externalId }) => externalId === id))
  const pieces: Array<Array<Turn>> = []
  for (const [at, turn] of turns.entries()) {
    const piece = pieces.at(-1)
    if (piece === undefined || beginsAnew(turn, turns[at - 1])) pieces.push([turn])
    else piece.push(turn)
  }
  const taken: Array<Taken> = []
  for (const [at, piece] of pieces.entries()) {
    taken.push(...(await takeTurns(core, to, piece, at === 0 ? places : await placesFor(core, to, piece))))
  }
  return taken
}
