import type { Block, BlockTarget } from '../../domain/contact/block.ts'
import type { ContactChange } from '../../domain/contact/command.ts'
import type { Company } from '../../domain/contact/company.ts'
import type { ConsentChange } from '../../domain/contact/consent.ts'
import type { Contact, Identity } from '../../domain/contact/contact.ts'
import type { CallOptions, Outcome } from './outcome.ts'
import type { ConversationPage } from './reading.ts'

/** A contact with what belongs to it. */
export interface ContactView extends Contact {
  /** Its own and those of contacts that went into it. */
  readonly identities: ReadonlyArray<Identity>
  readonly companyName: string | null
  /** While she is of none: the company whose internet domain one of her addresses has. */
  readonly proposedCompany: { readonly id: string; readonly name: string } | null
  /** The blocks that concern it now; empty without the permission `manageBlocks`. */
  readonly blocks: ReadonlyArray<Block>
}

/** That a contact may, or may not, be written to at one of its addresses, as it or a colleague has said. */
export interface SaidConsent extends Omit<ConsentChange, 'agent'> {
  readonly account: string
  readonly address: string
  /** Of the colleague who noted it; null where the contact said it. */
  readonly name: string | null
}

/** All there is about a person, for herself. */
export interface ContactExport {
  readonly contact: ContactView
  readonly exportedAt: number
  /** What was said of being written to, the oldest first: what holds now, and what was said before in its conversations. */
  readonly consent: ReadonlyArray<SaidConsent>
  /** What was said, as JSON; without notes, as the contact is without remarks and blocks. */
  readonly conversations: ReadonlyArray<unknown>
}

/**
 * The people on the other side, as far as this agent may see them: those of conversations that she may see, and
 * everybody with the permission `editContacts`. Who may not see one is told `NotFound`.
 */
export interface Contacts {
  readonly get: (id: string, options?: CallOptions) => Promise<Outcome<ContactView>>
  /** By words in name, addresses, company; the newest without words. */
  readonly find: (
    options?: {
      readonly words?: string
      readonly company?: string
      readonly after?: string
      readonly limit?: number
    } & CallOptions,
  ) => Promise<{ readonly items: ReadonlyArray<Contact>; readonly next: string | null }>
  /** Every conversation of a contact that this agent may see: all channels, agents and departments. */
  readonly history: (
    id: string,
    options?: { readonly after?: string; readonly limit?: number } & CallOptions,
  ) => Promise<Outcome<ConversationPage>>
  /** Somebody new, with the addresses at which accounts reach her. Refusals: `Invalid`, `UnknownAccount`, `InUse`. */
  readonly create: (
    contact: ContactChange & {
      readonly identities?: ReadonlyArray<{ readonly account: string; readonly address: string }>
    },
  ) => Promise<Outcome<Contact>>
  /** A provisional contact is somebody from now on. */
  readonly add: (id: string, fields?: ContactChange) => Promise<Outcome<Contact>>
  /** A provisional contact is not asked about any more. */
  readonly ignore: (id: string) => Promise<Outcome<Contact>>
  /** Refusals: `Invalid` names the field, what it holds and what it may hold. */
  readonly edit: (id: string, fields: ContactChange) => Promise<Outcome<Contact>>
  readonly remark: (id: string, text: string) => Promise<Outcome<Contact>>
  readonly removeRemark: (id: string, remark: string) => Promise<Outcome<Contact>>
  /** Says that an address is hers, or takes it back. */
  readonly verify: (
    id: string,
    identity: { readonly account: string; readonly address: string; readonly verified: boolean },
  ) => Promise<Outcome<void>>
  /** Refusals: `Same`, `IdentitiesConflict`, `NotFound`. */
  readonly merge: (id: string, options: { readonly into: string }) => Promise<Outcome<Contact>>
  /** Takes a contact out again of the one that it went into: in any order, and with all that had gone into it. */
  readonly undoMerge: (id: string, options: { readonly merged: string }) => Promise<Outcome<Contact>>
  readonly export: (id: string) => Promise<Outcome<ContactExport>>
  /** Deletes her conversations, addresses and everything known of her, as work; answers when that is under way. */
  readonly erase: (id: string) => Promise<Outcome<void>>
}

/** Whom contacts work for. Changing them takes the permission `editContacts`. */
export interface Companies {
  readonly get: (id: string) => Promise<Outcome<Company>>
  readonly find: (
    options?: { readonly words?: string; readonly limit?: number } & CallOptions,
  ) => Promise<ReadonlyArray<Company>>
  readonly put: (
    company: Pick<Company, 'name'> & Partial<Omit<Company, 'name' | 'createdAt'>>,
  ) => Promise<Outcome<Company>>
  readonly remove: (id: string) => Promise<Outcome<void>>
}

/** Who is not heard: looked at before anything is created. Takes the permission `manageBlocks`. */
export interface Blocks {
  readonly list: (options?: CallOptions) => Promise<ReadonlyArray<Block>>
  /** Refusals: `Invalid` for a range or a pattern that means nothing or everything, `PastTime`. */
  readonly add: (block: {
    readonly target: BlockTarget
    readonly reason: string
    readonly until?: number
  }) => Promise<Outcome<Block>>
  readonly remove: (id: string) => Promise<Outcome<void>>
}
