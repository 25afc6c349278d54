import type { DeliveryError } from '../../domain/message/delivery.ts'
import { rejectedBecause } from '../../domain/message/rejected.ts'
import type { FetchOutcome, ProfileOutcome, Rendered, SendOutcome } from '../../ports/channel.ts'

/** What a plugin answers, held to what its type says; see `ingest/sense.ts`. */

/** No channel may put a message off for longer than this at a time, in milliseconds. */
const longestPauseMs = 24 * 60 * 60 * 1_000

const words = (value: unknown): string => (typeof value === 'string' ? value : String(value))

const problem = (error: unknown): DeliveryError | undefined => {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, message } = error as Partial<Record<string, unknown>>
  return { code: words(code), message: words(message) }
}

const pauseOf = (afterMs: number | undefined): number =>
  Number.isFinite(afterMs) ? Math.max(0, Math.min(afterMs ?? 0, longestPauseMs)) : 0

/** An answer that is none of the outcomes has not said whether the message was handed over. */
export const sensibleOutcome = (answer: SendOutcome): SendOutcome => {
  switch (answer?._tag) {
    case 'Accepted': {
      const { externalId, status } = answer
      const error = problem(answer.error)
      return {
        _tag: 'Accepted',
        status: status === 'delivered' ? 'delivered' : 'sent',
        // A provider that names nothing must not make the next nameless report ours.
        ...(typeof externalId === 'string' && externalId.trim() !== '' ? { externalId } : {}),
        ...(error === undefined ? {} : { error }),
      }
    }
    case 'Rejected': {
      const { because } = answer
      const why = because !== undefined && rejectedBecause.includes(because) ? { because } : {}
      return { _tag: 'Rejected', code: words(answer.code), reason: words(answer.reason), ...why }
    }
    case 'Retry': {
      const scope = answer.scope === 'account' ? { scope: 'account' as const } : {}
      return { _tag: 'Retry', reason: words(answer.reason), afterMs: pauseOf(answer.afterMs), ...scope }
    }
    case 'Ambiguous':
      return { _tag: 'Ambiguous', reason: words(answer.reason) }
    default:
      return { _tag: 'Ambiguous', reason: 'the channel answered nothing that makes sense' }
  }
}

/** @throws when it is not what a channel may render. */
export const sensibleRendering = (rendered: Rendered<unknown>): Rendered<unknown> => {
  if (rendered?._tag === 'Unsupported') return { _tag: 'Unsupported', feature: words(rendered.feature) }
  const ids: unknown = rendered?.externalIds ?? []
  const sensible =
    rendered?._tag === 'Rendered' &&
    Array.isArray(rendered.wires) &&
    Array.isArray(ids) &&
    ids.every((id) => typeof id === 'string')
  if (!sensible) throw new Error('render answered nothing that makes sense')
  return rendered
}

/** A file is what was asked for, within its limit, or it is not there. */
export const sensibleFetch = (answer: FetchOutcome, maxBytes: number): FetchOutcome => {
  switch (answer?._tag) {
    case 'Fetched': {
      const { bytes, mime, name } = answer
      if (!(bytes instanceof Uint8Array)) return { _tag: 'Retry', reason: 'the channel brought no bytes' }
      if (bytes.byteLength > maxBytes) return { _tag: 'Gone', reason: `larger than ${maxBytes} bytes` }
      return {
        _tag: 'Fetched',
        bytes,
        ...(typeof mime === 'string' && mime !== '' ? { mime } : {}),
        ...(typeof name === 'string' && name !== '' ? { name } : {}),
      }
    }
    case 'Gone':
      return { _tag: 'Gone', reason: words(answer.reason) }
    case 'Retry':
      return { _tag: 'Retry', reason: words(answer.reason), afterMs: pauseOf(answer.afterMs) }
    default:
      return { _tag: 'Retry', reason: 'the channel answered nothing that makes sense' }
  }
}

/** So much of what a provider knows beside a name is kept: how many attributes, and how long each may be. */
const attributesAtMost = 50
const attributeAtMost = 1_000

const isWord = (value: unknown): value is string => typeof value === 'string' && value.length <= attributeAtMost

/** What a profile says that makes sense; what does not is as if it were not said. */
export const sensibleProfile = (answer: ProfileOutcome): ProfileOutcome => {
  switch (answer?._tag) {
    case 'Found': {
      const { name, language, avatar, attributes } = answer
      const known = Object.entries(attributes ?? {}).filter(([key, value]) => isWord(key) && isWord(value))
      return {
        _tag: 'Found',
        ...(isWord(name) ? { name } : {}),
        ...(isWord(language) ? { language } : {}),
        ...(typeof avatar === 'string' ? { avatar } : {}),
        attributes: Object.fromEntries(known.slice(0, attributesAtMost)),
      }
    }
    case 'Unknown':
      return { _tag: 'Unknown' }
    case 'Retry':
      return { _tag: 'Retry', reason: words(answer.reason), afterMs: pauseOf(answer.afterMs) }
    default:
      return { _tag: 'Retry', reason: 'the channel answered nothing that makes sense' }
  }
}
