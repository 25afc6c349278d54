import { hmac } from '@guichet/channel-kit'
import type { ChannelAccount, WireRequest } from '@guichet/engine/ports'
import type { InstagramSettings, MessengerSettings } from '../../src/index.ts'

export const page = '102938475610293'
export const instagramId = '17841400000000123'
export const appId = '424242424242'
export const otherApp = '263902037430900'
export const marie = '6543210987654321'
export const at = 1_763_800_000_000

const shared = { appId, appSecrets: ['the new secret', 'the old secret'], verifyTokens: ['ours'], token: 'EAAG-token' }

export const pageSettings: MessengerSettings = { page, ...shared }
export const instagramAccount: InstagramSettings = { account: instagramId, page, ...shared }

export const accountOf = <Settings>(settings: Settings, id = 'shop'): ChannelAccount<Settings> => ({
  workspace: 'acme',
  id,
  name: 'Shop',
  settings,
})

type Fields = Readonly<Record<string, unknown>>

/** An event of Marie's conversation with the page. */
export const fromMarie = (what: Fields, more: Fields = {}): Fields => ({
  sender: { id: marie },
  recipient: { id: page },
  timestamp: at,
  ...what,
  ...more,
})

/** What the page said, as it is echoed. */
export const fromPage = (message: Fields, more: Fields = {}): Fields => ({
  sender: { id: page },
  recipient: { id: marie },
  timestamp: at,
  message: { is_echo: true, ...message },
  ...more,
})

export const requestOf = (body: unknown): WireRequest => ({
  method: 'POST',
  url: 'https://desk.example/hooks',
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})

export const pageBody = (events: ReadonlyArray<unknown>, list = 'messaging', id = page) => ({
  object: 'page',
  entry: [{ id, time: at + 500, [list]: events }],
})

export const instagramBody = (events: ReadonlyArray<unknown>, list = 'messaging') => ({
  object: 'instagram',
  entry: [{ id: instagramId, time: at + 500, [list]: events }],
})

/** As Meta signs it. */
export const signed = (request: WireRequest, secret = 'the new secret'): WireRequest => ({
  ...request,
  headers: { ...request.headers, 'x-hub-signature-256': `sha256=${hmac('sha256', secret, request.body, 'hex')}` },
})
