import { idAt, listAt, readJson } from '@guichet/channel-kit'
import type { WireRequest } from '@guichet/engine/ports'
import type { WhatsAppSettings } from '../settings/settings.ts'

/** What Meta calls the account that something is about: a number where it names one, else a business account. */
export interface Whose {
  readonly number: string | undefined
  readonly business: string | undefined
}

/** News of partners come in an entry of the partner, and name the business account within. */
export const whoseIs = (entry: unknown, value: unknown): Whose => ({
  number: idAt(value, 'metadata', 'phone_number_id'),
  business: idAt(value, 'waba_info', 'waba_id') ?? idAt(entry, 'id'),
})

/** The id of another account that this is for; undefined when it is for ours. */
export const another = ({ number, business }: Whose, settings: WhatsAppSettings): string | undefined => {
  if (number !== undefined) return number === settings.phoneNumberId ? undefined : number
  const ours = settings.businessAccountId
  return ours === undefined || business === undefined || business === ours ? undefined : business
}

/**
 * The accounts of Meta that a webhook is about, each once: ids of phone numbers for messages and statuses, ids of WhatsApp
 * Business accounts for what concerns all numbers of one. So one address can serve many accounts: a host hands the
 * request to each of those whose `phoneNumberId` or `businessAccountId` is among them, and each takes its own. It is empty
 * for what cannot be read.
 *
 * @example
 * ```ts
 * import { accountsOf } from '@guichet/channel-whatsapp'
 *
 * const value = { metadata: { phone_number_id: '106540352242922' }, messages: [] }
 * const entry = [{ id: '102290129340398', changes: [{ field: 'messages', value }] }]
 * const body = new TextEncoder().encode(JSON.stringify({ object: 'whatsapp_business_account', entry }))
 * console.log(accountsOf({ body }))
 * ```
 *
 * ```text
 * [ '106540352242922' ]
 * ```
 */
export const accountsOf = ({ body }: Pick<WireRequest, 'body'>): ReadonlyArray<string> => {
  const read = readJson(body)
  const ids = new Set<string>()
  for (const entry of listAt(read.ok ? read.value : undefined, 'entry')) {
    for (const change of listAt(entry, 'changes')) {
      const { number, business } = whoseIs(entry, (change as { readonly value?: unknown } | null)?.value)
      const id = number ?? business
      if (id !== undefined) ids.add(id)
    }
  }
  return [...ids]
}
