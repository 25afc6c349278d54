import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { type DeliveryReport, reported } from '../../domain/message/delivery.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { StoredDelivery } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { noNeeds } from '../view.ts'
import { type Handled, parking } from './park.ts'

type DeliveryReported = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>
type ReadUpTo = Extract<InboundEvent, { readonly _tag: 'ReadUpTo' }>

const applied: Receipt = { _tag: 'Applied' }

/** Moves a stored delivery forward; empty when the report says nothing new. */
export const advanced = (stored: StoredDelivery, report: DeliveryReport): ReadonlyArray<StoredDelivery> => {
  const current = decodeDelivery(stored)
  const next = reported(current, report)
  return next === current ? [] : [encodeDelivery(stored, next, stored.version + 1)]
}

/** A provider's report on one of our messages. It may come twice, late, out of order, or before the send returned. */
export const applyReport = async (core: Core, to: Connected, event: DeliveryReported): Promise<Handled> => {
  const { workspace, account } = to
  const ref = { workspace, account: account.id, externalId: event.externalId }
  const asked = new Set<number>()
  const { value } = await core.committer.submit<Handled>({
    workspace,
    needs: { externals: [ref] },
    decide: (view) => {
      const external = view.external(workspace, account.id, event.externalId)
      if (external === undefined) return { _tag: 'Decided', value: 'parked', changes: parking(core, to, event) }
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
      const { status, error } = event
      const at = Math.min(event.at ?? core.clock.now(), core.clock.now())
      const report = { status, at, externalId: event.externalId, ...(error === undefined ? {} : { error }) }
      const address = view.conversation(workspace, conversation)?.address
      const reached = address === undefined ? [] : [{ account: account.id, address }]
      return { _tag: 'Decided', value: applied, changes: { workspace, deliveries: advanced(stored, report), reached } }
    },
  })
  return value
}

/** How far back a watermark reaches: older messages were seen long ago. */
const watermarkReach = 100

/** The contact has received or seen everything up to a seq. */
export const readUpTo = async (core: Core, to: Connected, event: ReadUpTo): Promise<Receipt> => {
  const { workspace, account } = to
  const identities = [{ workspace, account: account.id, address: event.address }]
  try {
    const known = await core.storage.load({ ...noNeeds, identities })
    const conversation = known.identities[0]?.conversation
    if (conversation == null) return { _tag: 'Ignored', reason: 'no conversation' }
    const page = await core.storage.timeline({
      workspace,
      conversation,
      kinds: ['out'],
      before: event.seq + 1,
      limit: watermarkReach,
    })
    const refs = page.deliveries.map(({ seq }) => ({ workspace, conversation, seq }))
    if (refs.length === 0) return applied
    const now = core.clock.now()
    const report = { status: event.status, at: Math.min(event.at ?? now, now) }
    await core.committer.submit({
      workspace,
      needs: { deliveries: refs },
      decide: (view) => ({
        _tag: 'Decided',
        value: undefined,
        changes: {
          workspace,
          reached: [{ account: account.id, address: event.address }],
          deliveries: refs.flatMap(({ seq }) => {
            const stored = view.delivery(workspace, conversation, seq)
            return stored === undefined ? [] : advanced(stored, report)
          }),
        },
      }),
    })
    return applied
  } catch (error) {
    throw storageFailed(error)
  }
}
