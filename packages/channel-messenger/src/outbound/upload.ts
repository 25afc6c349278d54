import { exchange } from '@guichet/channel-kit'
import type { FileRef, SendContext, SendOutcome } from '@guichet/engine/ports'
import { addressOf, type Endpoint, headersOf } from './endpoint.ts'
import type { FileKind } from './limits.ts'
import { acceptedAt, outcomeOf } from './outcome.ts'

type NotSent = Exclude<SendOutcome, { readonly _tag: 'Accepted' | 'Ambiguous' }>

/**
 * Brings a file to Meta before anything is said with it. Nobody sees an upload: one that may have arrived is simply made
 * again, so that of sending a file only the short second step can be in doubt.
 */
export const upload = async (
  { kind, file }: { readonly kind: FileKind; readonly file: FileRef },
  endpoint: Endpoint,
  { fetch, signal, blob }: Omit<SendContext, 'idempotencyKey'>,
): Promise<{ readonly attachment: string } | NotSent> => {
  let bytes: Uint8Array
  try {
    bytes = await blob(file)
  } catch (error) {
    return {
      _tag: 'Retry',
      reason: `${file.name} cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
    }
  }
  const body = new FormData()
  if (endpoint.platform !== undefined) body.set('platform', endpoint.platform)
  body.set('message', JSON.stringify({ attachment: { type: kind, payload: { is_reusable: true } } }))
  body.set('filedata', new Blob([bytes as Uint8Array<ArrayBuffer>], { type: file.mime }), file.name)
  const headers = headersOf(endpoint)
  const url = addressOf(endpoint, [endpoint.node, 'message_attachments'])
  const exchanged = await exchange(fetch, { method: 'POST', url, headers, body }, { signal })
  const outcome = outcomeOf(exchanged, acceptedAt('attachment_id'))
  if (outcome._tag === 'Accepted') return { attachment: outcome.externalId ?? '' }
  return outcome._tag === 'Ambiguous' ? { _tag: 'Retry', reason: `the upload: ${outcome.reason}` } : outcome
}
