import { type ConsentAddress, consentId, decodeConsent } from '../../codec/consent.ts'
import type { Block } from '../../domain/contact/block.ts'
import type { Command } from '../../domain/conversation/command.ts'
import { isInternal } from '../../domain/conversation/chat.ts'
import type { Facts } from '../../domain/conversation/facts.ts'
import { blockOf } from '../blocks.ts'
import { familyFinder } from '../contact/family.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import type { Needs, View } from '../view.ts'
import { consentIn, consentNeeds } from './stored.ts'

/** Commands by which words leave, and the one that says whether they may. */
const sends: ReadonlySet<Command['_tag']> = new Set<Command['_tag']>([
  'Reply',
  'Schedule',
  'ChangeSchedule',
  'SendScheduled',
  'ChangeConsent',
  'React',
])

/** Whom it is for, and by which channel it leaves. */
export interface Recipient extends ConsentAddress {
  readonly channel: string
  /** Null when nobody knows the address yet. */
  readonly contact: string | null
}

export type SendingFacts = NonNullable<Facts['sending']>

type Looked = { readonly needs: Needs } | { readonly sending?: SendingFacts }

/** What stands in the way of writing to somebody, found for one decision: what is still to be loaded, or the facts. */
export interface SendingFinder {
  readonly in: (view: View, to: Recipient) => Looked
  /** The same for a command on a conversation; nothing for one by which no words leave. */
  readonly before: (view: View, command: Command, to: Recipient) => Looked
}

/**
 * Costs nothing where customers cannot take back their consent and nobody is blocked. Remembers what it has asked for: a
 * view does not tell what is absent from what was not loaded.
 */
export const sendingFinder = (core: Core, setup: Setup, workspace: string): SendingFinder => {
  const families = familyFinder(workspace)
  const asked = new Set<string>()
  const blocksPeople = [...setup.blocks.values()].some(({ target }) => target._tag === 'Contact')

  const blockedIn = (
    view: View,
    { account, address, contact }: Recipient,
  ): { readonly needs: Needs } | { readonly blocked: Block | null } => {
    const found = blocksPeople && contact !== null ? families.in(view, contact) : undefined
    if (found?._tag === 'Needs') return { needs: found.needs }
    const contacts = [...(contact === null ? [] : [contact]), ...(found?.family?.members.keys() ?? [])]
    return { blocked: blockOf(setup, core.clock.now(), account, { address }, contacts) }
  }

  const find: SendingFinder['in'] = (view, to) => {
    const consents = core.channels.get(to.channel)?.capabilities.consent === true
    if (!consents && setup.blocks.size === 0) return {}
    const stored = consents ? consentIn(view, workspace, to) : undefined
    if (consents && stored === undefined && !asked.has(consentId(to))) {
      asked.add(consentId(to))
      return { needs: consentNeeds(workspace, to) }
    }
    const block = blockedIn(view, to)
    return 'needs' in block ? block : { sending: { consent: decodeConsent(stored), ...block } }
  }

  return {
    in: find,
    before: (view, command, to) => (sends.has(command._tag) && !isInternal(to) ? find(view, to) : {}),
  }
}
