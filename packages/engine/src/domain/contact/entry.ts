import type { Actor } from '../actor.ts'
import type { ContactFields } from './contact.ts'

/** What was done to a contact. What channels learn by themselves, such as a page or a name, is not journaled. */
export type ContactHappening =
  | { readonly _tag: 'ContactCreated' }
  | { readonly _tag: 'ContactAdded'; readonly fields: ReadonlyArray<keyof ContactFields> }
  | { readonly _tag: 'ContactIgnored' }
  | { readonly _tag: 'ContactEdited'; readonly fields: ReadonlyArray<keyof ContactFields> }
  | { readonly _tag: 'RemarkAdded'; readonly remark: string }
  | { readonly _tag: 'RemarkRemoved'; readonly remark: string }
  | { readonly _tag: 'IdentityVerified'; readonly account: string; readonly verified: boolean }
  /** Who wrote from one address writes from another one now. `other` was known at one of them: the two are perhaps one. */
  | { readonly _tag: 'AddressChanged'; readonly account: string; readonly other?: string }
  | { readonly _tag: 'ContactMerged'; readonly from: string }
  | { readonly _tag: 'ContactMergedInto'; readonly into: string }
  | { readonly _tag: 'ContactMergeUndone'; readonly from: string }
  | { readonly _tag: 'ContactErased' }

/** A line of a contact's journal: who did what, and when (epoch milliseconds). Which fields, never what they held. */
export interface ContactEntry {
  readonly at: number
  readonly actor: Actor
  readonly what: ContactHappening
}
