import { type Consent, nothingSaid } from '../domain/contact/consent.ts'
import type { StoredDocument } from '../ports/storage.ts'

/** An address of one account: what is said of it holds for every conversation there. */
export interface ConsentAddress {
  readonly account: string
  readonly address: string
}

export const consentKind = 'consent'

export const consentId = ({ account, address }: ConsentAddress): string => JSON.stringify([account, address])

/** A document of the kind `consent`; `v` is the shape's version. */
export const encodeConsent = (to: ConsentAddress, consent: Consent, version: number): StoredDocument => ({
  kind: consentKind,
  id: consentId(to),
  version,
  parent: null,
  words: '',
  data: JSON.stringify({ v: 1, ...consent }),
})

export const decodeConsent = (stored: StoredDocument | undefined): Consent => {
  if (stored?.data == null) return nothingSaid
  const { all, marketing } = JSON.parse(stored.data) as Consent
  return { all, marketing }
}
