import { field, idAt, textAt } from '@guichet/channel-kit'

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

/**
 * What the same person was known by before: a guest of the checkbox plugin has an id once she has written, and her message
 * names the guest as `prior_message`. Source: Meta, "Checkbox Plugin".
 */
export const formerAddressAt = (event: unknown): string | undefined => {
  if (idAt(event, 'sender', 'id') === undefined) return undefined
  const prior = field(event, 'prior_message')
  const reference =
    idAt(event, 'sender', 'user_ref') ??
    (textAt(prior, 'source') === 'checkbox_plugin' ? idAt(prior, 'identifier') : undefined)
  return reference === undefined ? undefined : `${guest}${reference}`
}

/** Whether somebody is only known by a reference so far: one can write to her, and nothing else. */
export const isGuest = (address: string): boolean => address.startsWith(guest)

/** How the Send API names who lives at an address. */
export const recipientOf = (address: string): { readonly id: string } | { readonly user_ref: string } =>
  isGuest(address) ? { user_ref: address.slice(guest.length) } : { id: address }
