import type { Contact } from '../domain/contact/contact.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { isOpen } from '../domain/hours/open.ts'
import { route } from '../domain/routing/route.ts'
import type { Routed, RoutingFacts } from '../domain/routing/rule.ts'
import { type Part, textOf } from '../domain/message/part.ts'
import type { Account } from '../domain/account.ts'
import type { Setup } from './directory.ts'
import { zones } from './zones.ts'

/** Whether business hours are open at a moment; hours that do not exist are closed. */
export const openAt =
  (setup: Setup, now: number): RoutingFacts['isOpen'] =>
  (id) => {
    const hours = setup.hours.get(id)
    return hours !== undefined && isOpen(hours, now, zones)
  }

/** A message that begins a conversation, before it has a place. */
export interface Beginning {
  readonly account: Account
  readonly contact: Contact | undefined
  /** What the sender says of itself with this very message. */
  readonly sender: { readonly language?: string; readonly attributes?: Readonly<Record<string, string>> }
  /** What it goes on from. */
  readonly former: Conversation | undefined
  readonly subject: string | undefined
  readonly parts: ReadonlyArray<Part>
  readonly now: number
}

const sourceOf = (attributes: Readonly<Record<string, string>>): string | null =>
  attributes['source'] ?? attributes['page'] ?? null

/** Where it goes and why; undefined, and nothing is looked at, where there are no rules. */
export const routedBy = (setup: Setup, beginning: Beginning): Routed | undefined => {
  if (setup.rules.length === 0) return undefined
  const { account, contact, sender, former, subject, parts, now } = beginning
  const routed = route(
    setup.rules,
    {
      account: account.id,
      channel: account.channel,
      language: sender.language ?? contact?.language ?? null,
      contactKind: contact?.kind ?? 'visitor',
      attributes: contact?.custom ?? {},
      formerOwner: former?.owner ?? null,
      source: sourceOf({ ...contact?.attributes, ...sender.attributes }),
      text: `${subject ?? ''}\n${textOf(parts)}`,
      isOpen: openAt(setup, now),
    },
    { queue: account.queue },
  )
  // A queue that was removed by somebody else a moment ago must not swallow anything.
  return setup.queues.has(routed.queue) ? routed : { ...routed, queue: account.queue }
}
