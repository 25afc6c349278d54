import { metaHandshake, metaSigned } from '@guichet/channel-kit/meta'
import { type Channel, type ChannelCapabilities, defineChannel } from '@guichet/engine/ports'
import { fetchFile } from './files/fetch-file.ts'
import { parseWebhook } from './inbound/parse.ts'
import { fileLimits } from './outbound/file-piece.ts'
import { renderMessage } from './outbound/render.ts'
import { shownParts } from './outbound/rich-piece.ts'
import { sendWire } from './outbound/send.ts'
import { signals, signalWires } from './outbound/signal.ts'
import type { WhatsAppWire } from './outbound/wire.ts'
import { type WhatsAppSettings, whatsAppSettings } from './settings/settings.ts'

const capabilities: ChannelCapabilities = {
  threading: 'contact',
  webhook: true,
  live: false,
  idempotentSend: false,
  html: false,
  subject: false,
  cc: false,
  addressedBy: 'phone',
  edit: false,
  delete: false,
  receipts: true,
  customerChanges: true,
  answersElsewhere: true,
  typing: false,
  signals,
  window: { hours: 24, templates: true },
  consent: true,
  reportsByKey: true,
  files: fileLimits,
  parts: shownParts,
}

/**
 * WhatsApp by the Cloud API of Meta. One account is one phone number: Meta posts what happens to the webhook of the
 * account, and messages leave by the Graph API. Conversations are one for each person.
 *
 * @example
 * ```ts
 * import { whatsApp } from '@guichet/channel-whatsapp'
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 * import { createHmac } from 'node:crypto'
 *
 * const engine = await createEngine({ storage: memoryStorage(), channels: { whatsapp: whatsApp() } })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
 * const settings = {
 *   phoneNumberId: '106540352242922',
 *   accessToken: 'EAAJB...',
 *   appSecrets: ['the secret of the application'],
 *   verifyTokens: ['what-meta-says'],
 * }
 * await acme.accounts.put({ id: 'mobile', channel: 'whatsapp', queue: 'support', settings })
 *
 * // What Meta posts, signed with the secret of the application.
 * const message = { from: '16505551234', id: 'wamid.A', timestamp: '1749416383', type: 'text', text: { body: 'Hello?' } }
 * const contacts = [{ profile: { name: 'Zoe' }, wa_id: '16505551234' }]
 * const value = { metadata: { phone_number_id: '106540352242922' }, contacts, messages: [message] }
 * const entry = [{ id: '102290129340398', changes: [{ field: 'messages', value }] }]
 * const body = JSON.stringify({ object: 'whatsapp_business_account', entry })
 * const hmac = createHmac('sha256', 'the secret of the application').update(body).digest('hex')
 * const headers = { 'x-hub-signature-256': `sha256=${hmac}` }
 * const request = new Request('https://acme.example/hooks/mobile', { method: 'POST', body, headers })
 * const answer = await engine.receive('acme/mobile', request)
 *
 * const page = await acme.as('ana').conversations.list({ tab: 'open' })
 * console.log(answer.status, page.items[0]?.contact.name, page.items[0]?.preview)
 * await engine.close()
 * ```
 *
 * ```text
 * 200 Zoe Hello?
 * ```
 */
export const whatsApp = (): Channel<WhatsAppSettings, WhatsAppWire> =>
  defineChannel<WhatsAppSettings, WhatsAppWire>({
    name: 'whatsapp',
    spi: 1,
    capabilities,
    settings: whatsAppSettings,
    verify: (request, { settings }) => metaSigned(request, settings.appSecrets),
    handshake: (request, { settings }) => metaHandshake(request, settings.verifyTokens),
    parse: parseWebhook,
    render: renderMessage,
    send: sendWire,
    signal: signalWires,
    fetchFile,
  })
