import { numberAt } from '@guichet/channel-kit'
import type { OutboundMessage, ServiceWindow } from '@guichet/engine/ports'

const hour = 3_600_000

/**
 * For how long one may answer: everybody a day, and people a week where Meta has approved the application for that. A
 * reaction counts as a word (Messenger Platform, "Messaging window").
 */
export const windowOf = (humanAgent: boolean): ServiceWindow => ({
  hours: 24,
  ...(humanAgent ? { humanHours: 168 } : {}),
  templates: false,
  reactions: true,
})

/**
 * Whether a message needs the tag for people: an agent wrote it, and by the provider's time of what it answers the
 * standard window was closed. Only agents have a name, so that nothing that a program says is ever tagged.
 */
export const isAfterHours = ({ authorName, answers, sentAt }: OutboundMessage, { hours }: ServiceWindow): boolean => {
  const at = numberAt(answers?.meta, 'at')
  return authorName !== undefined && at !== undefined && sentAt - at >= hours * hour
}
