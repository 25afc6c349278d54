import type { IconName } from '../../shared/icon-shapes.ts'

/** How a channel is drawn. */
export const channelIcon = (channel: string): IconName =>
  channel === 'email' ? 'mail' : channel === 'internal' ? 'users' : 'chat'
