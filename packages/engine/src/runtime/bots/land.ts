import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { View } from '../view.ts'
import { detailsIn, withDetails } from './details.ts'

/**
 * The documents of a message with the contact details in it that a handover was waiting for: they are written down in
 * the commit that completes it. Only what the contact itself says counts, not what somebody else in its thread says.
 */
export const landDetails = (
  view: View,
  workspace: string,
  before: Conversation | undefined,
  { what, actor }: Entry,
  documents: ReadonlyArray<StoredDocument>,
): ReadonlyArray<StoredDocument> => {
  const handover = before?.handover
  if (handover == null || what._tag !== 'MessageReceived' || what.completesHandover !== true) return documents
  if (actor.id !== before?.contact) return documents
  const isIts = ({ kind, id }: StoredDocument): boolean => kind === 'contact' && id === actor.id
  const changed = documents.find(isIts)
  const stored = changed ?? view.document(workspace, 'contact', actor.id)
  if (stored === undefined) return documents
  const contact = decodeContact(stored)
  const learnt = withDetails(contact, detailsIn(what.message.parts, handover.ask))
  if (learnt === contact) return documents
  const version = changed?.version ?? stored.version + 1
  return [...documents.filter((one) => !isIts(one)), encodeContact(learnt, version, linesOf(stored))]
}
