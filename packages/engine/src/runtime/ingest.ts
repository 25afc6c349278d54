import { decodeEvent, encodeEvent } from '../codec/event.ts'
import type { InboundEvent, Receipt, WireRequest } from '../ports/channel.ts'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { EngineError, storageFailed } from './error.ts'
import { applyDeletion, applyEdit, end } from './ingest/amend.ts'
import { receiveMessage } from './ingest/message.ts'
import { quarantine } from './ingest/quarantine.ts'
import { applyReport, readUpTo } from './ingest/report.ts'

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
    await core.committer.submit({
      needs: {},
      decide: () => ({ _tag: 'Decided', value: undefined, changes: { workspace, unpark: [id] } }),
    })
  }
}

/** On channels whose customers change what they wrote, a change may have come before its message. */
const receiveAndUnpark = async (
  core: Core,
  to: Connected,
  event: Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>,
): Promise<Receipt> => {
  const receipt = await receiveMessage(core, to, event)
  const { edit, delete: deletes } = to.channel.capabilities
  const { externalId } = event
  if (receipt._tag === 'Stored' && externalId !== undefined && (edit || deletes)) await unparkFor(core, to, externalId)
  return receipt
}

/** What is said about a message has to name it: an empty id would lead to whatever else came without one. */
const namesNothing = (event: InboundEvent): boolean =>
  (event._tag === 'DeliveryReported' || event._tag === 'MessageEdited' || event._tag === 'MessageDeleted') &&
  event.externalId.trim() === ''

const ingestOne = async (core: Core, to: Connected, event: InboundEvent): Promise<Receipt> => {
  if (namesNothing(event)) return { _tag: 'Rejected', reason: 'NoId' }
  switch (event._tag) {
    case 'MessageReceived':
      return receiveAndUnpark(core, to, event)
    case 'DeliveryReported':
      return applyReport(core, to, event)
    case 'ReadUpTo':
      return readUpTo(core, to, event)
    case 'MessageEdited':
      return applyEdit(core, to, event)
    case 'MessageDeleted':
      return applyDeletion(core, to, event)
    case 'Ended':
      return end(core, to, event)
    case 'Ignored':
      return { _tag: 'Ignored', reason: event.reason }
    case 'Unreadable':
      return quarantine(core, to, {
        reason: event.reason,
        request: { method: '', url: '', headers: {}, body: event.raw },
      })
  }
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
  for (const event of events) {
    try {
      receipts.push(await ingestOne(core, to, event))
    } catch (error) {
      if (error instanceof EngineError && error.code !== 'Defect') throw error
      core.report('ingest', error)
      const body = new TextEncoder().encode(encodeEvent(event))
      const request = { method: 'EVENT', url: '', headers: {}, body }
      receipts.push(await quarantine(core, to, { reason: 'the event could not be handled', request }))
    }
  }
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
    events = await to.channel.parse(request, to.seen)
  } catch (error) {
    core.report(`parse of ${to.channel.name}`, error)
    return [await quarantine(core, to, { reason: error instanceof Error ? error.message : String(error), request })]
  }
  return ingest(core, to, events)
}
