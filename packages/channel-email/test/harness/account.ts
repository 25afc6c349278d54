import type { ChannelAccount } from '@guichet/engine/ports'
import type { EmailSettings } from '../../src/index.ts'

/** An account as the engine hands it to the channel. */
export const accountWith = (
  settings: Partial<EmailSettings> = {},
  { workspace = 'acme', id = 'support' }: { readonly workspace?: string; readonly id?: string } = {},
): ChannelAccount<EmailSettings> => ({
  workspace,
  id,
  name: 'Support',
  settings: {
    address: 'support@guichet.test',
    name: 'Guichet',
    secret: 'a secret of the tests',
    smtp: { host: '127.0.0.1', port: 1 },
    ...settings,
  },
})

export const conversation = '01930000-0000-7000-8000-000000000001'
