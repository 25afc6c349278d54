import type { ContactKind } from '../contact/contact.ts'
import type { AttributeValue } from '../contact/attribute.ts'
import type { Priority } from '../conversation/state.ts'

/**
 * What a rule may ask of a message that begins a conversation. Every condition that is given must hold; one that names
 * several values holds when one of them does. There is no condition on tags: they are for filing, not for routing.
 */
export interface Conditions {
  readonly account?: ReadonlyArray<string>
  readonly channel?: ReadonlyArray<string>
  /** BCP 47 language tags, compared by their primary subtag unless they name more. */
  readonly language?: ReadonlyArray<string>
  readonly contactKind?: ReadonlyArray<ContactKind>
  /** Custom attributes of the contact. */
  readonly attributes?: Readonly<Record<string, ReadonlyArray<AttributeValue>>>
  readonly formerOwner?: ReadonlyArray<string>
  /** Inside or outside these business hours. */
  readonly hours?: { readonly id: string; readonly open: boolean }
  /** Where the conversation comes from: a page, a campaign, a form. Compared as a beginning. */
  readonly source?: ReadonlyArray<string>
  /** One of these words or phrases in subject or text, regardless of case and accents. */
  readonly words?: ReadonlyArray<string>
}

/** One line of the ordered list: the first rule whose conditions hold decides. */
export interface Rule {
  readonly id: string
  readonly name: string
  readonly when: Conditions
  readonly to: { readonly queue: string; readonly priority?: Priority }
}

/** What is known about a message that begins a conversation. */
export interface RoutingFacts {
  readonly account: string
  readonly channel: string
  readonly language: string | null
  readonly contactKind: ContactKind
  readonly attributes: Readonly<Record<string, AttributeValue>>
  readonly formerOwner: string | null
  readonly source: string | null
  /** Subject and text. */
  readonly text: string
  /** Whether these business hours are open now; hours that do not exist are closed. */
  readonly isOpen: (hours: string) => boolean
}

/** Where a conversation goes, and why: the rule that matched, or null for the account's own queue. */
export interface Routed {
  readonly queue: string
  readonly rule: string | null
  readonly priority: Priority
  /** The conditions that held, as `name=value`, for people to read. */
  readonly because: ReadonlyArray<string>
}
