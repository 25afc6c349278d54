import { field, idAt, listAt, textAt } from '@guichet/channel-kit'
import type { InboundPart, Json } from '@guichet/engine/ports'
import { phoneOf } from './address.ts'
import { contactCards, locationPart } from './cards.ts'
import { buttonParts, interactiveParts } from './interactive.ts'
import { captionParts, mediaKinds, mediaParts } from './media.ts'
import { orderParts } from './order.ts'
import { firstError } from './outcomes.ts'
import { referralParts } from './referral.ts'
import { unsupported } from './sensible.ts'

/** What was said, and what of it the parts do not say. */
export interface Content {
  readonly parts: ReadonlyArray<InboundPart>
  readonly meta?: Json
}

/** Parts of a message, or undefined when it does not carry what its type says. */
type Reader = (message: unknown) => ReadonlyArray<InboundPart> | undefined

const text: Reader = (message) => {
  const body = textAt(message, 'text', 'body')
  return body === undefined || body.trim() === '' ? undefined : [{ _tag: 'Text', text: body }]
}

const readers: Readonly<Record<string, Reader>> = {
  text,
  ...Object.fromEntries(mediaKinds.map((kind) => [kind, (message: unknown) => mediaParts(kind, message)])),
  location: locationPart,
  contacts: contactCards,
  interactive: interactiveParts,
  button: buttonParts,
  order: orderParts,
}

const readerOf = (type: string): Reader | undefined => (Object.hasOwn(readers, type) ? readers[type] : undefined)

/** Fields that parts, sender, time and quote say completely. */
const said = new Set(['from', 'from_user_id', 'from_parent_user_id', 'id', 'timestamp', 'type', 'text', 'to'])
const saidOfMedia = new Set(['id', 'mime_type', 'sha256', 'caption', 'filename', 'url', 'file_size'])
const saidOfContext = new Set(['from', 'id'])

const hasMore = (value: unknown, known: ReadonlySet<string>): boolean => {
  if (typeof value !== 'object' || value === null) return false
  for (const name in value) if (!known.has(name)) return true
  return false
}

/** A `wa_id` that is not the number as it is known: answers go to the `wa_id`. */
const isWrittenOtherwise = (message: unknown): boolean => {
  const from = idAt(message, 'from')
  const phone = from === undefined ? undefined : phoneOf(from)
  return phone !== undefined && phone !== `+${from}`
}

/** Whether the provider says more of it than its event can. */
const saysMore = (message: unknown, type: string): boolean => {
  if (isWrittenOtherwise(message)) return true
  const isMedia = (mediaKinds as ReadonlyArray<string>).includes(type)
  if (isMedia && hasMore(field(message, type), saidOfMedia)) return true
  if (hasMore(field(message, 'context'), saidOfContext)) return true
  for (const name in message as object) {
    if (!said.has(name) && name !== 'context' && !(isMedia && name === type)) return true
  }
  return false
}

/** Everything that a message may carry, by the name of its field. */
const kinds = [...Object.keys(readers), 'reaction', 'edit', 'revoke', 'system']

/** The type is what it calls itself; one that does not is what it carries. */
export const typeOf = (message: unknown): string => {
  const type = textAt(message, 'type')?.trim()
  return type || (kinds.find((kind) => (field(message, kind) ?? null) !== null) ?? 'unknown')
}

/** What the provider calls something that it does not hand on. */
const kindOf = (message: unknown, type: string): string =>
  (type === 'unsupported' ? textAt(message, 'unsupported', 'type') : undefined) ??
  (type === 'interactive' ? textAt(message, 'interactive', 'type') : undefined) ??
  type

/**
 * What a message of any kind says. A kind that nobody here knows, and one that lacks what it should carry, are kept as
 * `Unsupported`, with all that came in `meta`. `why` is what the provider says elsewhere of what is missing.
 */
export const contentOf = (message: unknown, why?: string): Content => {
  const type = typeOf(message)
  const read = readerOf(type)?.(message)
  const note = read === undefined ? (firstError(listAt(message, 'errors')) ?? why) : undefined
  const parts = read ?? [unsupported(kindOf(message, type), note), ...captionParts(type, message)]
  const referrals = referralParts(message)
  return {
    parts: referrals.length === 0 ? parts : [...referrals, ...parts],
    ...(read === undefined || saysMore(message, type) ? { meta: message as Json } : {}),
  }
}
