import { idAt, listAt, textAt, timeAt } from '@guichet/channel-kit'
import type { InboundEvent, RejectedBecause } from '@guichet/engine/ports'
import { classOf } from '../graph/errors.ts'
import { addressOf } from './address.ts'
import { type Meaning, senseless } from './alone.ts'
import { failureOf, ignored } from './outcomes.ts'
import { completed, idsAt, type People } from './people.ts'

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
const optedOut = '131050'

const optOut = (status: unknown, people: People, at: number | undefined): ReadonlyArray<InboundEvent> => {
  const address = addressOf(completed(idsAt(status, 'recipient_id', 'recipient_'), people))
  if (address === undefined) return []
  const by = optedOut
  return [
    { _tag: 'ConsentChanged', address, given: false, scope: 'marketing', by, ...(at === undefined ? {} : { at }) },
  ]
}

/** What a failure says of the messages after it. Who wants no marketing has said no more than that: see above. */
const becauseOf = (code: string): RejectedBecause | undefined => {
  const kind = classOf(Number(code))
  return kind === 'throttle' || kind === 'transient' || kind === 'optedOut' ? undefined : kind
}

/** One of `statuses`: what became of a message of ours, and why not. */
export const statusEvents = (status: unknown, people: People): ReadonlyArray<Meaning> => {
  const externalId = idAt(status, 'id')
  const word = textAt(status, 'status')
  if (externalId === undefined || word === undefined) return [senseless('a status of nothing')]
  const reported = Object.hasOwn(statuses, word) ? statuses[word] : undefined
  if (reported === undefined) return [ignored(`status: ${word}`)]
  const at = timeAt(status, 'timestamp')
  const reference = idAt(status, 'biz_opaque_callback_data')
  const errors = listAt(status, 'errors').flatMap((one) => failureOf(one) ?? [])
  const [error] = errors
  const because = reported === 'failed' && error !== undefined ? becauseOf(error.code) : undefined
  return [
    {
      _tag: 'DeliveryReported',
      externalId,
      ...(reference === undefined ? {} : { reference }),
      status: reported,
      ...(at === undefined ? {} : { at }),
      ...(error === undefined ? {} : { error }),
      ...(because === undefined ? {} : { because }),
    },
    ...(errors.some(({ code }) => code === optedOut) ? optOut(status, people, at) : []),
  ]
}
