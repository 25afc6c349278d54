import type { ChannelAccount } from '@guichet/engine/ports'
import type { EmailSettings } from '../settings/settings.ts'
import type { Signer } from './seal.ts'

export const signerOf = ({ workspace, id, settings }: ChannelAccount<EmailSettings>): Signer => ({
  workspace,
  account: id,
  secret: settings.secret,
  previousSecrets: settings.previousSecrets,
})
