import type { Refusal } from '@guichet/engine/domain'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What the API itself refuses, before the engine is asked. */
export type ApiRefusal =
  | Refusal
  | { readonly _tag: 'BadJson' }
  | { readonly _tag: 'BodyTooLarge'; readonly max: number }
  | { readonly _tag: 'UnknownAct'; readonly act: string }

/** Where a refusal stands in HTTP. What is not named is the caller's to mend: 422. */
const statusOf = (refusal: ApiRefusal): ContentfulStatusCode => {
  switch (refusal._tag) {
    case 'BadJson':
      return 400
    case 'Forbidden':
    case 'MayNotReply':
      return 403
    case 'NotFound':
    case 'UnknownAct':
    case 'UnknownMessage':
      return 404
    case 'AlreadyArchived':
    case 'AlreadyClosed':
    case 'AlreadyOpen':
    case 'AlreadyOwned':
    case 'AlreadySpam':
    case 'Archived':
    case 'Conflict':
    case 'Locked':
    case 'NotOwned':
    case 'NotOwner':
    case 'NothingToDo':
    case 'Spam':
    case 'Unseen':
    case 'WrongStatus':
      return 409
    case 'BodyTooLarge':
    case 'FileTooLarge':
      return 413
    case 'FileTypeForbidden':
      return 415
    default:
      return 422
  }
}

export const refused = (c: Context, refusal: ApiRefusal, status = statusOf(refusal)): Response =>
  c.json({ error: refusal }, status)

export const invalid = (what: string, ...issues: ReadonlyArray<string>): ApiRefusal => ({
  _tag: 'Invalid',
  what,
  issues,
})

/** A provider did not do what it was asked. */
export const cannotSend = (error: unknown): ApiRefusal => ({
  _tag: 'CannotSend',
  reason: error instanceof Error ? error.message : String(error),
})
