import { type ConsentAddress, consentId, consentKind, decodeConsent, encodeConsent } from '../../codec/consent.ts'
import { type ConsentChange, consentAfter } from '../../domain/contact/consent.ts'
import { consentChangeOf } from '../../domain/conversation/decide/consent.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Needs, View } from '../view.ts'

export const consentNeeds = (workspace: string, to: ConsentAddress): Needs => ({
  documents: [{ workspace, kind: consentKind, id: consentId(to) }],
})

export const consentIn = (view: View, workspace: string, to: ConsentAddress): StoredDocument | undefined =>
  view.document(workspace, consentKind, consentId(to))

export const changedConsent = (
  view: View,
  workspace: string,
  to: ConsentAddress,
  change: ConsentChange,
): ReadonlyArray<StoredDocument> => {
  const stored = consentIn(view, workspace, to)
  const before = decodeConsent(stored)
  const after = consentAfter(before, change)
  return after === before ? [] : [encodeConsent(to, after, (stored?.version ?? 0) + 1)]
}

/** What an entry says of the consent at the address of its conversation, in one commit with it. */
export const consentOf = (
  view: View,
  workspace: string,
  to: ConsentAddress,
  { what, actor }: Entry,
): ReadonlyArray<StoredDocument> =>
  what._tag === 'ConsentChanged' ? changedConsent(view, workspace, to, consentChangeOf(what, actor)) : []
