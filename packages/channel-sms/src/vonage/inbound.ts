import { textAt } from '@guichet/channel-kit'
import type { InboundEvent, Json, WireRequest } from '@guichet/engine/ports'
import { fieldsOf, said } from '../inbound/fields.ts'
import { isOurs } from '../number/number.ts'
import { messageOf, messagesBody, numberIn, statusOf } from './messages-inbound.ts'
import type { VonageSettings } from './settings.ts'
import { ofFields } from './sms-inbound.ts'

/** Only reports have one. */
const isReport = (body: Json): boolean => textAt(body, 'status') !== undefined

/** Whose messages a request is about: a number. */
export const vonageAccountsOf = (request: WireRequest): ReadonlyArray<string> => {
  const body = messagesBody(request)
  const form = body === undefined ? fieldsOf(request) : undefined
  const side = body === undefined ? form && said(form, 'to') : numberIn(body, isReport(body) ? 'from' : 'to')
  return side === undefined ? [] : [side]
}

/** What a webhook of Vonage means. */
export const parseVonage = (request: WireRequest, settings: VonageSettings): ReadonlyArray<InboundEvent> => {
  const body = messagesBody(request)
  const form = body === undefined ? fieldsOf(request) : undefined
  const sides = vonageAccountsOf(request)
  const reading = { country: settings.country, international: true }
  if (body === undefined && form === undefined) return [{ _tag: 'Unreadable', reason: 'not JSON', raw: request.body }]
  if (sides.length === 0) return [{ _tag: 'Ignored', reason: 'about no message' }]
  if (!isOurs(sides, settings, true)) return [{ _tag: 'Ignored', reason: `another account: ${sides.join(', ')}` }]
  if (form !== undefined) return ofFields(form, settings, reading, request)
  if (body === undefined) return []
  return isReport(body) ? statusOf(body, settings, reading) : messageOf(body, reading, request)
}
