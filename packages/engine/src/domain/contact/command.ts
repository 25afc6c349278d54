import type { Agent } from '../actor.ts'
import type { AttributeChange } from './attributes.ts'
import type { AttributeDefinition } from './attribute.ts'
import type { ContactFields } from './contact.ts'

/** What is to be written down about somebody: fields that are not named stay, and so do attributes that are not. */
export type ContactChange = Partial<Omit<ContactFields, 'custom'>> & {
  /** By the id of their definition; null removes one. */
  readonly custom?: AttributeChange
}

/** What somebody asks for, about one contact. Merging takes two: see `mergeContacts`. */
export type ContactCommand =
  | { readonly _tag: 'Create'; readonly id: string; readonly fields: ContactChange }
  /** A provisional contact is somebody from now on. */
  | { readonly _tag: 'Add'; readonly fields: ContactChange }
  /** A provisional contact is not asked about any more. */
  | { readonly _tag: 'Ignore' }
  | { readonly _tag: 'Edit'; readonly fields: ContactChange }
  | { readonly _tag: 'Remark'; readonly id: string; readonly text: string }
  | { readonly _tag: 'RemoveRemark'; readonly remark: string }
  /** Of the contact itself; its conversations and addresses go with it. */
  | { readonly _tag: 'Erase' }

/** What a decision about a contact depends on beside the contact and the command. */
export interface ContactFacts {
  /** Epoch milliseconds. */
  readonly now: number
  /** Who asks; null when it is the engine or its host, who may everything. */
  readonly agent: Agent | null
  readonly definitions: ReadonlyMap<string, AttributeDefinition>
  /** Ids of companies that exist, as far as the command names any. */
  readonly companies: ReadonlySet<string>
  /** Whether the IANA database has a zone of this name. */
  readonly isTimeZone: (name: string) => boolean
}
