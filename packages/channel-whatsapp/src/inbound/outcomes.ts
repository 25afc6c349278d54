import { graphError } from '@guichet/channel-kit/meta'
import type { InboundEvent } from '@guichet/engine/ports'

/** Understood, and nothing that anybody said. */
export const ignored = (reason: string): InboundEvent => ({ _tag: 'Ignored', reason })

/** One element that makes no sense, set aside alone with what it says. */
export const unreadable = (reason: string, element: unknown): InboundEvent => ({
  _tag: 'Unreadable',
  reason,
  raw: Buffer.from(JSON.stringify(element) ?? 'null'),
})

/** What the first of some errors says, as specific as it is. */
export const firstError = (errors: ReadonlyArray<unknown>): string | undefined => {
  const [error] = errors.flatMap((one) => graphError(one) ?? [])
  return error === undefined ? undefined : error.details || error.message || `error ${error.code}`
}
