import type { IconName } from '../../shared/icon-shapes.ts'
import { t } from '../words/t.ts'

/** How a channel is drawn. */
export const channelIcon = (channel: string): IconName =>
  channel === 'email' ? 'mail' : channel === 'internal' ? 'users' : 'chat'

/** What a channel is called. */
export const channelName = (channel: string): string => {
  const words: Readonly<Record<string, unknown>> = t()
  const name = words[`channel_${channel}`]
  return typeof name === 'string' ? name : channel
}
