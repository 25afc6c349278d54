import { idAt, listAt, textAt } from '@guichet/channel-kit'
import { graphError } from '@guichet/channel-kit/meta'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressOf } from './address.ts'
import { ignored, unreadable } from './outcomes.ts'
import { completed, idsAt, type People } from './people.ts'
import { timeAt } from './time.ts'

type Reported = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>['status']

/** A voice message that was played was read. `deleted` and `warning` of older versions say nothing of the delivery. */
const statuses: Readonly<Record<string, Reported>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
}

/** The customer has asked for no more marketing. */
const optedOut = 131_050

const optOut = (status: unknown, people: People, at: number | undefined): ReadonlyArray<InboundEvent> => {
  const { waId, userId, parentUserId } = completed(idsAt(status, 'recipient_id', 'recipient_'), people)
  const address = addressOf(waId, userId ?? parentUserId)
  if (address === undefined) return []
  const by = String(optedOut)
  return [
    { _tag: 'ConsentChanged', address, given: false, scope: 'marketing', by, ...(at === undefined ? {} : { at }) },
  ]
}

/** One of `statuses`: what became of a message of ours, and why not. */
export const statusEvents = (status: unknown, people: People): ReadonlyArray<InboundEvent> => {
  const externalId = idAt(status, 'id')
  const word = textAt(status, 'status')
  if (externalId === undefined || word === undefined) return [unreadable('a status of nothing', status)]
  const reported = Object.hasOwn(statuses, word) ? statuses[word] : undefined
  if (reported === undefined) return [ignored(`status: ${word}`)]
  const at = timeAt(status, 'timestamp')
  const reference = idAt(status, 'biz_opaque_callback_data')
  const errors = listAt(status, 'errors').flatMap((one) => graphError(one) ?? [])
  const [error] = errors
  return [
    {
      _tag: 'DeliveryReported',
      externalId,
      ...(reference === undefined ? {} : { reference }),
      status: reported,
      ...(at === undefined ? {} : { at }),
      ...(error === undefined
        ? {}
        : { error: { code: String(error.code), message: error.details || error.message || `error ${error.code}` } }),
    },
    ...(errors.some(({ code }) => code === optedOut) ? optOut(status, people, at) : []),
  ]
}
