import { decodeEvent } from '../codec/event.ts'
import type { InboundEvent, MaybePromise, Receipt, WireRequest } from '../ports/channel.ts'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { EngineError, storageFailed } from './error.ts'
import { inTime } from './in-time.ts'
import { applyDeletion, applyEdit, applyReaction, end } from './ingest/amend.ts'
import { findStored, prepareMessage } from './ingest/message.ts'
import type { Handled } from './ingest/park.ts'
import { eventAsRequest, eventOf, quarantine } from './ingest/quarantine.ts'
import { applyAddress } from './ingest/address.ts'
import { applyConsent } from './ingest/consent.ts'
import { applyControl } from './ingest/control.ts'
import { applyEcho } from './ingest/echo.ts'
import { applyReport } from './ingest/report.ts'
import { makesSense } from './ingest/sense.ts'
import { readBefore, readUpTo } from './ingest/watermark.ts'
import { hearHealth } from './standing/change.ts'
import { write } from './write.ts'

/** Applies what was waiting for a message, in the order of arrival, now that it is there. */
export const unparkFor = async (core: Core, to: Connected, externalId: string): Promise<void> => {
  const { workspace, account } = to
  const waiting = await Promise.resolve(core.storage.parked(workspace, account.id, [externalId])).catch(
    (error: unknown) => {
      throw storageFailed(error)
    },
  )
  for (const { id, data } of waiting) {
    await ingest(core, to, [decodeEvent(data)])
    await write(core, workspace, () => ({ unpark: [id] }))
  }
}

/** What is said about a message has to name it: an empty id would lead to whatever else came without one. */
const namesNothing = (event: InboundEvent): boolean =>
  (event._tag === 'DeliveryReported' ||
    event._tag === 'MessageEchoed' ||
    event._tag === 'MessageEdited' ||
    event._tag === 'MessageDeleted' ||
    event._tag === 'Reacted') &&
  event.externalId.trim() === ''

type MessageReceived = Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>

/**
 * An event that was parked is looked at once more when its message is there: whoever stored that, at the same time and
 * perhaps elsewhere, may have looked for what waits for it too early. When it has told which message has its id, what
 * waited for that is applied.
 */
const orParked = async (
  core: Core,
  to: Connected,
  { externalId }: { readonly externalId: string },
  handling: Promise<Handled>,
): Promise<Receipt> => {
  const handled = await handling
  if (handled !== 'parked' && handled._tag !== 'Bound') return handled
  const { workspace, account } = to
  const bound = handled !== 'parked'
  const known = bound || (await findStored(core, { workspace, account: account.id, externalId })) !== undefined
  if (known) await unparkFor(core, to, externalId)
  return bound ? handled.receipt : { _tag: 'Applied' }
}

const applyOne = (
  core: Core,
  to: Connected,
  event: Exclude<InboundEvent, MessageReceived>,
  together?: object,
): Promise<Receipt> => {
  switch (event._tag) {
    case 'DeliveryReported':
      return orParked(core, to, event, applyReport(core, to, event, together))
    case 'ReadUpTo':
      return readUpTo(core, to, event)
    case 'MessageEdited':
      return orParked(core, to, event, applyEdit(core, to, event))
    case 'MessageDeleted':
      return orParked(core, to, event, applyDeletion(core, to, event))
    case 'Reacted':
      return orParked(core, to, event, applyReaction(core, to, event))
    case 'Ended':
      return end(core, to, event)
    case 'ReadBefore':
      return readBefore(core, to, event)
    case 'MessageEchoed':
      return orParked(core, to, event, applyEcho(core, to, event))
    case 'ConsentChanged':
      return applyConsent(core, to, event)
    case 'AddressChanged':
      return applyAddress(core, to, event)
    case 'ControlChanged':
      return applyControl(core, to, event)
    case 'HealthReported':
      return hearHealth(core, to.workspace, to.account.id, event).then(() => ({ _tag: 'Applied' }))
    case 'Ignored':
      return Promise.resolve({ _tag: 'Ignored', reason: event.reason })
    case 'Unreadable': {
      const request = { method: '', url: '', headers: {}, body: event.raw }
      return quarantine(core, to, { reason: event.reason, request })
    }
  }
}

/** An event that fails for a reason of its own is set aside with its content; a failing store fails everything. */
const setAside = async (core: Core, to: Connected, event: InboundEvent, error: unknown): Promise<Receipt> => {
  if (error instanceof EngineError && error.code !== 'Defect') throw error
  core.report('ingest', error)
  return quarantine(core, to, { reason: 'the event could not be handled', request: eventAsRequest(event) })
}

const orSetAside = (core: Core, to: Connected, event: InboundEvent, handling: Promise<Receipt>): Promise<Receipt> =>
  handling.catch((error: unknown) => setAside(core, to, event, error))

/** What nearly every delivery brings. */
const receiveOne = async (core: Core, to: Connected, event: MessageReceived): Promise<Receipt> => {
  let receipt: Receipt
  try {
    const store = await prepareMessage(core, to, event)
    receipt = await store()
  } catch (error) {
    receipt = await setAside(core, to, event, error)
  }
  await unparkAfter(core, to, event, receipt)
  return receipt
}

/** What all of them came to; where one fails, when none is under way any more. */
const allOf = async (handling: ReadonlyArray<MaybePromise<Receipt>>): Promise<ReadonlyArray<Receipt>> => {
  const settled = await Promise.allSettled(handling)
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/**
 * Messages that stand next to each other are made ready side by side and handed to the committer in their order, so
 * that a request with a hundred of them is one commit and keeps its order.
 */
const receiveSeveral = async (
  core: Core,
  to: Connected,
  run: ReadonlyArray<MessageReceived>,
): Promise<ReadonlyArray<Receipt>> => {
  const request = {}
  const prepared = await Promise.all(
    run.map((event) =>
      prepareMessage(core, to, event, request).catch((error: unknown) => (): Promise<Receipt> => Promise.reject(error)),
    ),
  )
  const receipts = await allOf(
    run.map((event, index) => orSetAside(core, to, event, prepared[index]?.() ?? Promise.reject(new Error('lost')))),
  )
  for (const [index, receipt] of receipts.entries()) await unparkAfter(core, to, run[index], receipt)
  return receipts
}

const receiveRun = async (
  core: Core,
  to: Connected,
  run: ReadonlyArray<MessageReceived>,
): Promise<ReadonlyArray<Receipt>> => {
  const [only] = run
  return only !== undefined && run.length === 1 ? [await receiveOne(core, to, only)] : receiveSeveral(core, to, run)
}

/** On channels whose customers change what they wrote, a change may have come before its message. */
const unparkAfter = (
  core: Core,
  to: Connected,
  event: MessageReceived | undefined,
  receipt: Receipt,
): MaybePromise<void> => {
  const { edit, delete: deletes, reactions, customerChanges } = to.channel.capabilities
  // Also after a duplicate: who died between storing a message and coming here was asked again.
  if (
    (receipt._tag !== 'Stored' && receipt._tag !== 'Duplicate') ||
    event?.externalId === undefined ||
    !(edit || deletes || reactions === true || customerChanges === true)
  )
    return
  return unparkFor(core, to, event.externalId)
}

/** One that makes no sense is none. */
const isMessage = (event: InboundEvent): event is MessageReceived =>
  makesSense(event) && event._tag === 'MessageReceived'

const isReport = (event: InboundEvent): event is DeliveryReported =>
  makesSense(event) && event._tag === 'DeliveryReported'

/** Everything that is no message. */
const takeIn = (
  core: Core,
  to: Connected,
  event: Exclude<InboundEvent, MessageReceived>,
  request?: object,
): MaybePromise<Receipt> => {
  if (!makesSense(event)) {
    return quarantine(core, to, { reason: 'the event makes no sense', request: eventAsRequest(event) })
  }
  if (namesNothing(event)) return { _tag: 'Rejected', reason: 'NoId' }
  return orSetAside(core, to, event, applyOne(core, to, event, request))
}

type DeliveryReported = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>

/** Reports that stand next to each other are handed to the committer in their order: they too are one commit. */
const reportRun = (
  core: Core,
  to: Connected,
  run: ReadonlyArray<DeliveryReported>,
): Promise<ReadonlyArray<Receipt>> => {
  const request = {}
  return allOf(run.map((event) => takeIn(core, to, event, request)))
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
  const receipts: Array<Receipt> = []
  const run: Array<MessageReceived> = []
  const reports: Array<DeliveryReported> = []
  const finish = async (): Promise<void> => {
    if (run.length > 0) receipts.push(...(await receiveRun(core, to, run.splice(0))))
    if (reports.length > 0) receipts.push(...(await reportRun(core, to, reports.splice(0))))
  }
  for (const event of events) {
    if (isMessage(event)) {
      if (reports.length > 0) await finish()
      run.push(event)
    } else if (isReport(event)) {
      if (run.length > 0) await finish()
      reports.push(event)
    } else {
      await finish()
      receipts.push(await takeIn(core, to, event))
    }
  }
  await finish()
  return receipts
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
