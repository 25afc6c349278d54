import { decodeConversation } from '../../codec/conversation.ts'
import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Delivery, DeliveryReport } from '../../domain/message/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import { afterReport, boundByReport, heard } from '../../domain/message/report.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { StoredDelivery } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Changes } from '../changes.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { heedRefusal } from '../refusals.ts'
import { failSignal } from '../signals/fail.ts'
import { messageOf } from '../target.ts'
import { type View, noNeeds } from '../view.ts'
import { type Handled, parking } from './park.ts'
import { type Referenced, referenceFinder } from './referenced.ts'
import type { Beside } from './step.ts'

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
  { stored, piece }: Extract<Referenced, { readonly _tag: 'Found' }>,
  report: DeliveryReport & { readonly externalId: string },
): Changes => {
  const { conversation, seq } = stored
  const { externalId } = report
  const deliveries = advanced(stored, (current) => boundByReport(current, report, piece))
  const address = view.conversation(workspace, conversation)?.address
  return {
    workspace,
    deliveries,
    externals: [{ account: account.id, externalId, conversation, seq, at: core.clock.now() }],
    ...(address === undefined ? {} : { reached: [{ account: account.id, address }] }),
  }
}

const placeKey = ({ conversation, seq }: MessageAddress): string => `${conversation}/${seq}`

/** What became of a report, and of which message it was. */
interface Told {
  readonly handled: Handled
  readonly message?: MessageAddress
  /** The entry that its id leads to, which is none of ours: perhaps it asked for something beside messages. */
  readonly beside?: MessageAddress
}

/** What a failure says of the messages after it, as a refused send does. Told again, it says the same. */
const learnFrom = async (
  core: Core,
  to: Connected,
  { because, error, status }: DeliveryReported,
  { conversation, seq }: MessageAddress,
): Promise<void> => {
  if (status !== 'failed' || because === undefined) return
  const { workspace } = to
  try {
    const [loaded, page] = await Promise.all([
      core.storage.load({
        ...noNeeds,
        conversations: [{ workspace, id: conversation }],
        deliveries: [{ workspace, conversation, seq }],
      }),
      core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 }),
    ])
    const [row, entry, stored] = [loaded.conversations[0], page.entries[0], loaded.deliveries[0]]
    const said = entry && messageOf(decodeEntry(entry))
    if (row === undefined || stored === undefined || said?.direction !== 'out') return
    // Where it went to: the contact may be reached elsewhere by now.
    const { to: address = decodeConversation(row).address, parts, sentAt } = said
    const { leftAt = sentAt } = decodeDelivery(stored)
    const { code = because, message = '' } = error ?? {}
    await heedRefusal(core, to, { conversation, address, parts, leftAt }, { because, code, message })
  } catch (failure) {
    throw storageFailed(failure)
  }
}

/**
 * A provider's report on one of our messages. It may come twice, late, out of order, or before the send returned. Where it
 * names the key of the send, it tells whose its id is.
 */
export const reporting = (
  core: Core,
  to: Connected,
  event: DeliveryReported,
  { request, place, row }: Beside,
): (() => Promise<Handled>) => {
  const { workspace, account } = to
  const { externalId, status, error, at } = event
  const asked = new Set(place === undefined ? [] : [placeKey(place)])
  const reference = referenceFinder(to, event.reference)
  const told = { externalId, status, ...(at === undefined ? {} : { at }), ...(error === undefined ? {} : { error }) }
  const decide = (view: View): Decided<Told> => {
    const report = heard(told, core.clock.now())
    const external = view.external(workspace, account.id, externalId)
    const found = reference.in(view)
    if (found._tag === 'Needs') return found
    if (external === undefined) {
      if (found._tag === 'Found') {
        const handled: Handled = { _tag: 'Bound', receipt: applied }
        return {
          _tag: 'Decided',
          value: { handled, message: found.stored },
          changes: boundBy(core, view, to, found, report),
        }
      }
      return {
        _tag: 'Decided',
        value: { handled: 'parked' },
        changes: row !== undefined ? { workspace } : parking(core, to, event),
      }
    }
    const { conversation, seq } = external
    const stored = view.delivery(workspace, conversation, seq)
    if (stored === undefined) {
      const state = view.conversation(workspace, conversation)
      const isNew = seq > view.loaded(workspace, conversation)
      // An id of a message that came in, or of a conversation that is gone: there is nothing to move.
      if (isNew || asked.has(placeKey(external)) || state === undefined || state.deleted) {
        const handled: Handled = { _tag: 'Ignored', reason: 'not one of ours' }
        return { _tag: 'Decided', value: { handled, beside: { conversation, seq } }, changes: { workspace } }
      }
      asked.add(placeKey(external))
      return { _tag: 'Needs', needs: { deliveries: [{ workspace, conversation, seq }] } }
    }
    const piece = found._tag === 'Found' && found.stored === stored ? found.piece : null
    const deliveries = advanced(stored, (current) => afterReport(current, report, piece))
    const address = view.conversation(workspace, conversation)?.address
    const reached = address === undefined ? [] : [{ account: account.id, address }]
    const value = { handled: applied, message: { conversation, seq } }
    return { _tag: 'Decided', value, changes: { workspace, deliveries, reached } }
  }
  const here = place === undefined ? [] : [{ workspace, conversation: place.conversation, seq: place.seq }]
  return async () => {
    const { value } = await core.committer.submit<Told>({
      workspace,
      ...(request === undefined ? {} : { request }),
      needs: {
        externals: [{ workspace, account: account.id, externalId }],
        deliveries: [...here, ...reference.needs],
      },
      decide,
    })
    if (value.message !== undefined) await learnFrom(core, to, event, value.message)
    const isOfSignal = value.beside !== undefined && (await failSignal(core, to, event, value.beside))
    return isOfSignal ? applied : value.handled
  }
}
