import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { FamilyFinder } from '../contact/family.ts'
import type { Needs, View } from '../view.ts'
import { detailsIn, withDetails } from './details.ts'

type Landed =
  | { readonly _tag: 'Landed'; readonly documents: ReadonlyArray<StoredDocument> }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

/**
 * The documents of a message with the contact details in it that a handover was waiting for: they are written down in
 * the commit that completes it, on the contact that stands for whoever wrote. Only what the contact itself says counts,
 * not what somebody else in its thread says.
 */
export const landDetails = (
  view: View,
  finder: FamilyFinder,
  before: Conversation | undefined,
  { what, actor }: Entry,
  documents: ReadonlyArray<StoredDocument>,
): Landed => {
  const unchanged: Landed = { _tag: 'Landed', documents }
  const handover = before?.handover
  if (handover == null || what._tag !== 'MessageReceived' || what.completesHandover !== true) return unchanged
  const found = finder.in(view, before?.contact ?? '')
  if (found._tag === 'Needs') return found
  const { family } = found
  if (family === undefined || !family.members.has(actor.id)) return unchanged
  const { id } = family.root
  const isIts = (one: StoredDocument): boolean => one.kind === 'contact' && one.id === id
  const changed = documents.find(isIts)
  const stored = changed ?? family.stored.get(id)
  if (stored === undefined) return unchanged
  const contact = decodeContact(stored)
  const learnt = withDetails(contact, detailsIn(what.message.parts, handover.ask))
  if (learnt === contact) return unchanged
  const version = changed?.version ?? stored.version + 1
  const written = encodeContact(learnt, version, linesOf(stored))
  return { _tag: 'Landed', documents: [...documents.filter((one) => !isIts(one)), written] }
}
