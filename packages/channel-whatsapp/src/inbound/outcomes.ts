import { textAt } from '@guichet/channel-kit'
import { graphError } from '@guichet/channel-kit/meta'
import type { InboundEvent } from '@guichet/engine/ports'

/** Understood, and nothing that anybody said. */
export const ignored = (reason: string): InboundEvent => ({ _tag: 'Ignored', reason })

/** Why something failed, as specific as WhatsApp is; an error without a code is one as well when it says something. */
export interface Failure {
  readonly code: string
  readonly message: string
}

export const failureOf = (error: unknown): Failure | undefined => {
  const known = graphError(error)
  if (known !== undefined) {
    const code = String(known.code)
    return { code, message: known.details || known.message || `error ${code}` }
  }
  const said = [['error_data', 'details'], ['message'], ['title']].flatMap((path) => textAt(error, ...path) || [])
  return said[0] === undefined ? undefined : { code: 'unknown', message: said[0] }
}

/** What the first of some errors says. */
export const firstError = (errors: ReadonlyArray<unknown>): string | undefined =>
  errors.flatMap((one) => failureOf(one) ?? [])[0]?.message
