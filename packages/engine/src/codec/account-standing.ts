import type { AccountStanding } from '../domain/account-health.ts'
import { unknownStanding } from '../domain/account-health.ts'
import type { StoredDocument } from '../ports/storage.ts'

/** How an account stands is a document of its own, beside its settings: it changes for other reasons than they do. */
export const standingKind = 'standing'

export const encodeStanding = (account: string, standing: AccountStanding, version: number): StoredDocument => ({
  kind: standingKind,
  id: account,
  version,
  parent: null,
  words: '',
  data: JSON.stringify({ v: 1, ...standing }),
})

export const decodeStanding = (stored: StoredDocument | undefined): AccountStanding => {
  if (stored?.data == null) return unknownStanding
  const { v: _, ...standing } = JSON.parse(stored.data) as AccountStanding & { readonly v: 1 }
  return standing
}
