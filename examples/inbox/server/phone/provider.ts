import type { Clock } from '@guichet/engine/ports'
import type { Courier, Tapped } from '@guichet/local-providers'
import type { NewMessage, Person, PhoneMessage } from './message.ts'
import type { PhoneStore } from './store.ts'
import type { Subscriptions } from './subscriptions.ts'

/** What a provider of this example works with. */
export interface Surroundings {
  readonly store: PhoneStore
  readonly subscriptions: Subscriptions
  /** The engine's time. */
  readonly clock: Clock
  /** Where the example is reached: the providers' interfaces, and the webhooks of the shop. */
  readonly url: () => string
  /** Whether this provider works now. */
  readonly works: () => boolean
  /** Brings what the shop is told. */
  readonly courier: Courier
  /** Does something when the answer has been given. */
  readonly later: (work: () => Promise<void>) => void
}

/** One of the companies that carry messages, as far as the shop and its customers deal with it. */
export interface Provider {
  /** What the shop sends by, as this provider documents it; undefined for what it does not serve. */
  readonly serve: (request: Request) => Promise<Response | undefined>
  /** An id for a message of a customer. */
  readonly newId: (message: Pick<NewMessage, 'files'>) => string
  /** A customer has written. Rejects when the shop did not take it. */
  readonly wrote: (message: PhoneMessage, by: Person, tapped?: Tapped) => Promise<void>
  /** A customer has looked at these messages of the shop, oldest first. */
  readonly seen: (messages: ReadonlyArray<PhoneMessage>) => Promise<void>
  /** A customer has put a sign beside a message, or has taken it back. Absent where there are no signs. */
  readonly reacted?: (message: PhoneMessage, emoji: string | null) => Promise<void>
  /** Another application takes what is said with this customer. Absent where there is only one. */
  readonly taken?: (phone: string) => Promise<void>
}
