import type { ChannelAccount } from '@guichet/engine/ports'
import type { WhatsAppSettings } from '../../src/index.ts'

/** The number of the tests, as Meta names it. */
export const numberId = '106540352242922'

/** The business account that the number belongs to. */
export const businessId = '102290129340398'

export const appSecret = 'a-secret-of-the-tests'

/** An account as the engine hands it to the channel. */
export const accountWith = (settings: Partial<WhatsAppSettings> = {}): ChannelAccount<WhatsAppSettings> => ({
  workspace: 'acme',
  id: 'mobile',
  name: 'Mobile',
  settings: {
    phoneNumberId: numberId,
    accessToken: 'EAAtest',
    appSecrets: [appSecret],
    verifyTokens: ['meatyhamhock'],
    listButton: 'Options',
    apiVersion: 'v25.0',
    graphOrigin: 'http://127.0.0.1:1',
    ...settings,
  },
})
