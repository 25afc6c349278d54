import { knownForm, otherForm } from './number-forms.ts'

/** A business-scoped user id (`US.1349…`), or that of a parent business (`US.ENT.1181…`). */
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

const telephone = /^\+?(\d{5,20})$/

/** What a message or a status calls somebody. */
export interface Ids {
  readonly waId: string | undefined
  readonly userId: string | undefined
  readonly parentUserId: string | undefined
}

/**
 * The address of somebody: the telephone number as E.164 has it, so that it is the one that agents write to first, or
 * the business-scoped user id of who keeps the number to herself. Undefined when neither is known.
 */
export const addressOf = ({ waId, userId: user, parentUserId }: Ids): string | undefined =>
  waId === undefined ? (user ?? parentUserId) : (phoneOf(waId) ?? waId)

/** What else the same person may be known by: the other form of the number, the user ids. */
export const otherAddressesOf = (ids: Ids): ReadonlyArray<string> => {
  const digits = telephone.exec(ids.waId ?? '')?.[1]
  const other = digits === undefined ? undefined : otherForm(digits)
  const all = [other === undefined ? undefined : `+${other}`, ids.userId, ids.parentUserId]
  return all.filter((one) => one !== undefined && one !== addressOf(ids)) as ReadonlyArray<string>
}

/** The number of a `wa_id`, which is one without its plus, in the form that it is known by. */
export const phoneOf = (waId: string): string | undefined => {
  const digits = telephone.exec(waId)?.[1]
  return digits === undefined ? undefined : `+${knownForm(digits)}`
}

/**
 * How the API is told whom a message is for: a number as `to`, a user id as `recipient`; undefined when it is neither.
 * `written` is what the last message called its writer: where that is the same number, it is the form of the `wa_id`.
 */
export const recipientOf = (
  address: string,
  written?: string,
): { readonly to: string } | { readonly recipient: string } | undefined => {
  const digits = telephone.exec(address)?.[1]
  if (digits === undefined) return userId.test(address) ? { recipient: address } : undefined
  const asWritten = telephone.exec(written ?? '')?.[1]
  return { to: asWritten !== undefined && knownForm(asWritten) === knownForm(digits) ? asWritten : digits }
}
