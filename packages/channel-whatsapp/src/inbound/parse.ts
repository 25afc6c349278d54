import { field, listAt, readJson, textAt } from '@guichet/channel-kit'
import type { ChannelAccount, InboundEvent, WireRequest } from '@guichet/engine/ports'
import type { WhatsAppSettings } from '../settings/settings.ts'
import { elementsIn, fieldReaders } from './fields.ts'
import { ignored, unreadable } from './outcomes.ts'
import { timeAt } from './time.ts'
import { another, whoseIs } from './whose.ts'

const changeEvents = (entry: unknown, change: unknown, settings: WhatsAppSettings): ReadonlyArray<InboundEvent> => {
  const name = textAt(change, 'field')
  if (name === undefined) return [unreadable('a change of nothing', change)]
  const value = field(change, 'value')
  const other = another(whoseIs(entry, value), settings)
  if (other !== undefined) return Array.from({ length: elementsIn(value) }, () => ignored(`another account: ${other}`))
  const read = Object.hasOwn(fieldReaders, name) ? fieldReaders[name] : undefined
  return read === undefined ? [ignored(`field: ${name}`)] : read(value, timeAt(entry, 'time'))
}

const entryEvents = (entry: unknown, settings: WhatsAppSettings): ReadonlyArray<InboundEvent> => {
  const changes = listAt(entry, 'changes')
  if (changes.length === 0) return [unreadable('an entry without changes', entry)]
  return changes.flatMap((change) => changeEvents(entry, change, settings))
}

/** One webhook: every element of every change of every entry, in order. One that makes no sense is set aside alone. */
export const parseWebhook = (
  { body }: WireRequest,
  { settings }: ChannelAccount<WhatsAppSettings>,
): ReadonlyArray<InboundEvent> => {
  const read = readJson(body)
  if (!read.ok) return [{ _tag: 'Unreadable', reason: read.reason, raw: body }]
  const object = textAt(read.value, 'object')
  const entries = listAt(read.value, 'entry')
  if (object !== undefined && object !== 'whatsapp_business_account') return [ignored(`object: ${object}`)]
  if (entries.length === 0) return [{ _tag: 'Unreadable', reason: 'no webhook of WhatsApp', raw: body }]
  return entries.flatMap((entry) => entryEvents(entry, settings))
}
