import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { type Delivery, type DeliveryReport, reported, reportedOf, withIds } from '../../domain/message/delivery.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { StoredDelivery } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Changes } from '../changes.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { View } from '../view.ts'
import { type Handled, parking } from './park.ts'
import { referenceFinder } from './referenced.ts'

type DeliveryReported = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>

const applied: Receipt = { _tag: 'Applied' }

/** Changes a stored delivery; empty when that is nothing new. */
export const advanced = (
  stored: StoredDelivery,
  change: (current: Delivery) => Delivery,
): ReadonlyArray<StoredDelivery> => {
  const current = decodeDelivery(stored)
  const next = change(current)
  return next === current ? [] : [encodeDelivery(stored, next, stored.version + 1)]
}

/** What is heard of one piece of a message, by the key it was sent with: the id that it has is known from here on. */
export const boundBy = (
  core: Core,
  view: View,
  { workspace, account }: Connected,
  { stored, piece }: { readonly stored: StoredDelivery; readonly piece: number },
  report: DeliveryReport & { readonly externalId: string },
): Changes => {
  const { conversation, seq } = stored
  const { externalId } = report
  const deliveries = advanced(stored, (current) => withIds(reportedOf(current, report, piece), [externalId]))
  const address = view.conversation(workspace, conversation)?.address
  return {
    workspace,
    deliveries,
    externals: [{ account: account.id, externalId, conversation, seq, at: core.clock.now() }],
    ...(address === undefined ? {} : { reached: [{ account: account.id, address }] }),
  }
}

/**
 * A provider's report on one of our messages. It may come twice, late, out of order, or before the send returned. Where it
 * names the key of the send, it tells whose its id is. Reports of one `request` are in one commit.
 */
export const applyReport = async (
  core: Core,
  to: Connected,
  event: DeliveryReported,
  request?: object,
): Promise<Handled> => {
  const { workspace, account } = to
  const ref = { workspace, account: account.id, externalId: event.externalId }
  const asked = new Set<number>()
  const find = referenceFinder()
  const reportNow = (): DeliveryReport & { readonly externalId: string } => {
    const { status, error, externalId } = event
    const at = Math.min(event.at ?? core.clock.now(), core.clock.now())
    return { status, at, externalId, ...(error === undefined ? {} : { error }) }
  }
  const decide = (view: View): Decided<Handled> => {
    const external = view.external(workspace, account.id, event.externalId)
    if (external === undefined) {
      const found = find(view, to, event.reference)
      if (found._tag === 'Needs') return found
      return found._tag === 'Found'
        ? {
            _tag: 'Decided',
            value: { _tag: 'Bound', receipt: applied },
            changes: boundBy(core, view, to, found, reportNow()),
          }
        : { _tag: 'Decided', value: 'parked', changes: parking(core, to, event) }
    }
    const { conversation, seq } = external
    const stored = view.delivery(workspace, conversation, seq)
    if (stored === undefined) {
      const state = view.conversation(workspace, conversation)
      // An id of a message that came in, or of a conversation that is gone: there is nothing to move.
      if (asked.has(seq) || state === undefined || state.deleted) {
        return { _tag: 'Decided', value: { _tag: 'Ignored', reason: 'not one of ours' }, changes: { workspace } }
      }
      asked.add(seq)
      return { _tag: 'Needs', needs: { deliveries: [{ workspace, conversation, seq }] } }
    }
    const report = reportNow()
    const found = find(view, to, event.reference)
    if (found._tag === 'Needs') return found
    const deliveries = advanced(stored, (current) =>
      found._tag === 'Found' && found.stored === stored
        ? reportedOf(current, report, found.piece)
        : reported(current, report),
    )
    const address = view.conversation(workspace, conversation)?.address
    const reached = address === undefined ? [] : [{ account: account.id, address }]
    return { _tag: 'Decided', value: applied, changes: { workspace, deliveries, reached } }
  }
  const together = request === undefined ? {} : { request }
  return (await core.committer.submit<Handled>({ workspace, ...together, needs: { externals: [ref] }, decide })).value
}
