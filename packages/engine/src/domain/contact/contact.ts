import type { AttributeValue } from './attribute.ts'
import type { FormerAddress } from './former-address.ts'

/** How a person stands to the house. `visitor` is who has only written. */
export const contactKinds = ['visitor', 'lead', 'client', 'partner'] as const
/** One of them. */
export type ContactKind = (typeof contactKinds)[number]

/** What a colleague has noted about a contact. `at` in epoch milliseconds. */
export interface Remark {
  readonly id: string
  readonly by: string
  readonly at: number
  readonly text: string
}

/**
 * A contact that went into this one: what this one gained by it, so that it can be undone. Its identities and
 * conversations stay its own and are shown here.
 */
export interface Merged {
  readonly contact: string
  readonly at: number
  readonly by: string
  /** Values that this contact did not have before, by field. */
  readonly gained: Partial<ContactFields>
}

/** What people write down about somebody. Null or empty: not known. */
export interface ContactFields {
  readonly name: string | null
  readonly firstName: string | null
  readonly avatar: string | null
  readonly kind: ContactKind
  readonly emails: ReadonlyArray<string>
  readonly phones: ReadonlyArray<string>
  /** BCP 47. */
  readonly language: string | null
  /** ISO 4217. */
  readonly currency: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null
  /** IANA. */
  readonly timeZone: string | null
  readonly company: string | null
  /** Where the host keeps the full record. */
  readonly recordUrl: string | null
  /** By the id of their definition. */
  readonly custom: Readonly<Record<string, AttributeValue>>
}

/**
 * Somebody on the other side. A sender nobody knows becomes a provisional contact: an agent adds, answers or ignores
 * it later.
 */
export interface Contact extends ContactFields {
  readonly id: string
  readonly provisional: boolean
  /** Somebody chose not to add it: it is no longer asked about. */
  readonly ignored: boolean
  /** What the channel knows of the visit or the account: browser, system, page, ip, place, source. Untrusted. */
  readonly attributes: Readonly<Record<string, string>>
  readonly remarks: ReadonlyArray<Remark>
  /** The contact that this one went into. */
  readonly mergedInto: string | null
  readonly merged: ReadonlyArray<Merged>
  /** Addresses that became others, as channels have told; what comes from there late is still its. */
  readonly formerAddresses: ReadonlyArray<FormerAddress>
  readonly createdAt: number
  /** When this contact last wrote or was written to, as far as is known; epoch milliseconds. */
  readonly lastActivity: number
}

/** An address at which a contact is reached on one account, and the conversation that is active there. */
export interface Identity {
  readonly account: string
  /** The channel's own address for somebody: an email, a number, a visitor id. */
  readonly address: string
  readonly contact: string
  /** The conversation that the next message of this identity belongs to, on channels that thread by contact. */
  readonly conversation: string | null
  readonly verified: boolean
}
