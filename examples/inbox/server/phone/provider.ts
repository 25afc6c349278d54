import type { Clock } from '@guichet/engine/ports'
import type { Hono } from 'hono'
import type { NewMessage, Offer, Person, PhoneMessage } from './message.ts'
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
  /** Does something when the answer has been given. */
  readonly later: (work: () => Promise<void>) => void
}

/** What was tapped, where that is what a customer says. */
export interface Tapped {
  readonly as: Offer['as']
  readonly id: string
}

/** One of the companies that carry messages, as far as the shop and its customers deal with it. */
export interface Provider {
  /** What the shop sends by, as this provider documents it. */
  readonly routes: Hono
  /** An id for a message of a customer. */
  readonly newId: (message: Pick<NewMessage, 'files'>) => string
  /** A customer has written. Rejects when the shop did not take it. */
  readonly wrote: (message: PhoneMessage, by: Person, tapped?: Tapped) => Promise<void>
  /** A customer has looked at these messages of the shop, oldest first. */
  readonly seen: (messages: ReadonlyArray<PhoneMessage>) => Promise<void>
  /** A customer has put a sign beside a message, or has taken it back. Absent where there are no signs. */
  readonly reacted?: (message: PhoneMessage, emoji: string | null) => Promise<void>
}

/** A webhook; a provider takes anything but 2xx for a failure. */
export const post = async (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> => {
  const response = await fetch(url, { method: 'POST', headers, body })
  const said = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${said.slice(0, 200)}`)
}
