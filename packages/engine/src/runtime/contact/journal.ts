import { encodeContact, encodeContactEntry, linesOf } from '../../codec/contact.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { ContactHappening } from '../../domain/contact/entry.ts'
import type { StoredDocument } from '../../ports/storage.ts'
import type { Changes } from '../changes.ts'

/** A contact after something was done to it, and the line that says so. */
export const recordContact = (
  stored: StoredDocument | undefined,
  contact: Contact,
  line: { readonly at: number; readonly actor: Actor; readonly what: ContactHappening },
): Pick<Changes, 'documents' | 'entries'> => {
  const seq = linesOf(stored) + 1
  return {
    documents: [encodeContact(contact, (stored?.version ?? 0) + 1, seq)],
    entries: [encodeContactEntry(contact.id, seq, line)],
  }
}
