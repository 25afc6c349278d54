import { timeAt } from '@guichet/channel-kit'
import type { InboundEvent, InboundPart, Json } from '@guichet/engine/ports'
import { createHash } from 'node:crypto'
import { addressAt } from './address.ts'
import type { Place } from './place.ts'

/** What somebody said: parts, and whether they carry all of it. */
export interface Content {
  readonly parts: ReadonlyArray<InboundPart>
  /** False: something is not in the parts, so that the provider's own words are kept beside them. */
  readonly whole: boolean
}

/** The provider's time of an event, epoch milliseconds. */
export const timeOf = (event: unknown): { readonly at?: number } => {
  const at = timeAt(event, 'timestamp')
  return at === undefined ? {} : { at }
}

/** What is kept beside a message: its time, which the window counts from, and what its parts do not show. */
export const metaOf = (event: unknown, { whole }: Content, raw: unknown): { readonly meta?: Json } => {
  const meta: { readonly [name: string]: Json } = { ...timeOf(event), ...(whole ? {} : { raw: raw as Json }) }
  return Object.keys(meta).length === 0 ? {} : { meta }
}

/** Meta gives such an event no id: what it says, who and when are one, the same at each delivery. */
const idOf = (event: unknown, body: unknown, { own }: Place, address: string, kind: string): string =>
  `${kind}:${createHash('sha256')
    .update(JSON.stringify([own, address, timeOf(event).at ?? null, body]))
    .digest('hex')
    .slice(0, 32)}`

/** A message of the customer: what she wrote, tapped, or came by. */
export const told = (
  event: unknown,
  body: unknown,
  place: Place,
  content: Content,
  {
    kind,
    externalId,
    quotes,
    automatic,
  }: {
    readonly kind: string
    readonly externalId?: string
    readonly quotes?: string
    readonly automatic?: 'notification'
  },
): ReadonlyArray<InboundEvent> | undefined => {
  const address = addressAt(event, 'sender')
  if (address === undefined) return undefined
  const { at } = timeOf(event)
  return [
    {
      _tag: 'MessageReceived',
      externalId: externalId ?? idOf(event, body, place, address, kind),
      from: { address },
      parts: content.parts,
      ...(at === undefined ? {} : { sentAt: at }),
      ...(quotes === undefined ? {} : { quotes }),
      ...(automatic === undefined ? {} : { automatic }),
      ...metaOf(event, content, body),
    },
  ]
}
