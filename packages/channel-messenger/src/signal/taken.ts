import { field, flagAt, idAt } from '@guichet/channel-kit'
import type { ReadAccepted } from '../outbound/outcome.ts'

/** What makes no message has no id: the Send API names whom it was shown to, other edges say that it worked. */
export const taken: ReadAccepted = (json) =>
  flagAt(json, 'success') || (field(json, 'success') === undefined && idAt(json, 'recipient_id') !== undefined)
    ? { _tag: 'Accepted' }
    : undefined

/** To have asked for a conversation is not to have it: that is heard when its application passes it. */
export const asked: ReadAccepted = (json) =>
  taken(json) && {
    _tag: 'Rejected',
    code: 'requested',
    reason: 'the other application was asked for the conversation, and has not passed it yet',
  }
