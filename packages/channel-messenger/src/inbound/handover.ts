import { field, idAt, listAt } from '@guichet/channel-kit'
import type { InboundEvent } from '@guichet/engine/ports'
import { addressAt } from './address.ts'
import type { ReadKind } from './read-kind.ts'
import { timeOf } from './told.ts'

/** The conversation was passed to another application, or taken by it; which of them is ours decides what it means. */
export const readControl: ReadKind = (event, body, { appId }): ReadonlyArray<InboundEvent> | undefined => {
  const address = addressAt(event, 'sender')
  const before = idAt(body, 'previous_owner_app_id')
  const after = idAt(body, 'new_owner_app_id')
  if (address === undefined || (before === undefined && after === undefined)) return undefined
  if (after === undefined && before !== appId) {
    return [{ _tag: 'Ignored', reason: `the conversation was taken from ${before}` }]
  }
  const ours = after === appId
  const by = ours ? before : after
  return [{ _tag: 'ControlChanged', address, ours, ...(by === undefined ? {} : { by }) }]
}

/** Another application asks whoever has the conversation for it: nobody has given it anything. */
export const readRequest: ReadKind = (_event, body) => {
  const by = idAt(body, 'requested_owner_app_id')
  return [{ _tag: 'Ignored', reason: `${by ?? 'an application'} asks for a conversation` }]
}

/** What this application may do on the page: it is said when somebody changes that in the page's settings. */
export const readRoles: ReadKind = (event, body, { appId }) => {
  const roles = listAt(body, appId).flatMap((role) => (typeof role === 'string' ? [role] : []))
  if (field(body, appId) === undefined) return [{ _tag: 'Ignored', reason: 'the roles of other applications' }]
  const code = roles.join(', ') || 'none'
  return [
    {
      _tag: 'HealthReported',
      level: roles.length === 0 ? 'warning' : 'ok',
      about: 'app_roles',
      code,
      message: `the role of this application: ${code}`,
      ...timeOf(event),
    },
  ]
}
