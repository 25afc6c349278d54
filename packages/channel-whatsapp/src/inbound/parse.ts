import { field, idAt, listAt, readJson, textAt, timeAt } from '@guichet/channel-kit'
import type { ChannelAccount, InboundEvent, WireRequest } from '@guichet/engine/ports'
import type { WhatsAppSettings } from '../settings/settings.ts'
import { type Alone, aloneIn, readAlone, senseless } from './alone.ts'
import { elementsIn, fieldReaders } from './fields.ts'
import { knownOnce } from './known-once.ts'
import { ignored } from './outcomes.ts'
import { another, whoseIs } from './whose.ts'

const product = 'whatsapp_business_account'

const changeEvents = (
  entry: unknown,
  change: unknown,
  settings: WhatsAppSettings,
  whole: Uint8Array,
): ReadonlyArray<InboundEvent> => {
  const shell = (one: unknown) => ({
    object: product,
    entry: [{ id: idAt(entry, 'id'), time: timeAt(entry, 'time'), changes: [one] }],
  })
  const name = textAt(change, 'field')
  if (name === undefined) return readAlone(change, aloneIn(whole, shell), () => [senseless('a change of nothing')])
  const value = field(change, 'value')
  const other = another(whoseIs(entry, value), settings)
  if (other !== undefined) return Array.from({ length: elementsIn(value) }, () => ignored(`another account: ${other}`))
  const read = Object.hasOwn(fieldReaders, name) ? fieldReaders[name] : undefined
  const alone: Alone = aloneIn(whole, (one) => shell({ field: name, value: one }))
  return read === undefined ? [ignored(`field: ${name}`)] : read(value, timeAt(entry, 'time'), alone)
}

const entryEvents = (entry: unknown, settings: WhatsAppSettings, whole: Uint8Array): ReadonlyArray<InboundEvent> => {
  const changes = listAt(entry, 'changes')
  if (changes.length > 0) return changes.flatMap((change) => changeEvents(entry, change, settings, whole))
  const alone = aloneIn(whole, (one) => ({ object: product, entry: [one] }))
  return readAlone(entry, alone, () => [senseless('an entry without changes')])
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
  if (object !== undefined && object !== product) return [ignored(`object: ${object}`)]
  if (entries.length === 0) return [{ _tag: 'Unreadable', reason: 'no webhook of WhatsApp', raw: body }]
  return knownOnce(entries.flatMap((entry) => entryEvents(entry, settings, body)))
}
