/**
 * WhatsApp for Guichet, by the Cloud API of Meta.
 *
 * @packageDocumentation
 */
export { whatsApp } from './channel.ts'
export { accountsOf } from './inbound/whose.ts'
export type { FileKind, WhatsAppWire } from './outbound/wire.ts'
export { type WhatsAppSettings, type WhatsAppSettingsInput, whatsAppSettings } from './settings/settings.ts'
