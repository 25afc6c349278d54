import { exchange, idAt } from '@guichet/channel-kit'
import type { SendContext, SendOutcome } from '@guichet/engine/ports'
import { endpoint, headersOf } from '../graph/endpoint.ts'
import { isSuccess, refusalOf } from '../graph/refusal.ts'
import type { WhatsAppSettings } from '../settings/settings.ts'
import type { WhatsAppWire } from './wire.ts'

type Upload = NonNullable<WhatsAppWire['upload']>

const again = (reason: string): SendOutcome => ({ _tag: 'Retry', reason })

const read = async ({ file }: Upload, { blob }: SendContext): Promise<Uint8Array<ArrayBuffer> | string> => {
  try {
    return new Uint8Array(await blob(file))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Hands a file over and answers with its id. Nobody has seen it then: whatever goes wrong, it may be done again. */
export const upload = async (
  wanted: Upload,
  settings: WhatsAppSettings,
  context: SendContext,
): Promise<string | SendOutcome> => {
  const { file, mime } = wanted
  const bytes = await read(wanted, context)
  if (typeof bytes === 'string') return again(bytes)
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', mime)
  form.set('file', new Blob([bytes], { type: mime }), file.name)
  const outcome = await exchange(
    context.fetch,
    {
      method: 'POST',
      url: endpoint(settings, settings.phoneNumberId, 'media'),
      headers: headersOf(settings),
      body: form,
    },
    { signal: context.signal },
  )
  if (outcome._tag !== 'Answered') return again(outcome.reason)
  if (!isSuccess(outcome)) {
    const refused = refusalOf(outcome)
    return refused._tag === 'Ambiguous' ? again(refused.reason) : refused
  }
  return idAt(outcome.json, 'id') ?? again('a file without an id')
}
