import { idAt } from '@guichet/channel-kit'

/** A guest of the checkbox plugin, who has no id of the page yet. */
const guest = 'user_ref:'

/**
 * The address of the person at one end of an event: the id that the page or account knows her by, or the reference of a
 * guest.
 */
export const addressAt = (event: unknown, end: 'sender' | 'recipient'): string | undefined => {
  const id = idAt(event, end, 'id')
  if (id !== undefined) return id
  const reference = idAt(event, end, 'user_ref') ?? idAt(event, 'optin', 'user_ref')
  return reference === undefined ? undefined : `${guest}${reference}`
}

/** How the Send API names who lives at an address. */
export const recipientOf = (address: string): { readonly id: string } | { readonly user_ref: string } =>
  address.startsWith(guest) ? { user_ref: address.slice(guest.length) } : { id: address }
