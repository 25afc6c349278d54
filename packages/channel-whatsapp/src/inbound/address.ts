/** A business-scoped user id (`US.1349…`), or that of a parent business (`US.ENT.1181…`). */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/**
 * The address of somebody: the telephone number as E.164 has it, so that it is the one that agents write to first, or
 * the business-scoped user id of who keeps the number to herself. Undefined when neither is known.
 */
export const addressOf = (waId: string | undefined, user: string | undefined): string | undefined =>
  waId === undefined ? user : (phoneOf(waId) ?? waId)

/** The number of a `wa_id`, which is one without its plus. */
export const phoneOf = (waId: string): string | undefined =>
  /^\+?\d{5,20}$/.test(waId) ? `+${waId.replace('+', '')}` : undefined

/** How the API is told whom a message is for: a number as `to`, a user id as `recipient`; undefined when it is neither. */
export const recipientOf = (address: string): { readonly to: string } | { readonly recipient: string } | undefined => {
  if (/^\+?\d{5,20}$/.test(address)) return { to: address.replace('+', '') }
  return userId.test(address) ? { recipient: address } : undefined
}
