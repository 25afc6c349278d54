import { type ConsentAddress, consentId, consentKind, decodeConsent, encodeConsent } from '../../codec/consent.ts'
import { decodeContact } from '../../codec/contact.ts'
import { system } from '../../domain/actor.ts'
import { type Reached, readdressed } from '../../domain/contact/address-change.ts'
import { consentAlong } from '../../domain/contact/consent.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import { newContact } from '../../domain/contact/fields.ts'
import { movedAway } from '../../domain/contact/former-address.ts'
import { learnt } from '../../domain/contact/learnt.ts'
import { decide } from '../../domain/conversation/decide.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { StoredDocument, StoredIdentity } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Changes } from '../changes.ts'
import type { Decided } from '../committer.ts'
import { recordContact } from '../contact/journal.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { factsFor } from '../facts.ts'
import { record } from '../record.ts'
import { redirects } from '../redirect.ts'
import type { View } from '../view.ts'
import { blocked, isBlockedBy } from './blocked.ts'

type AddressChanged = Extract<InboundEvent, { readonly _tag: 'AddressChanged' }>

const applied: Receipt = { _tag: 'Applied' }

/** What is known of who writes from another address now. */
const afterChange = (contact: Contact, account: string, { from, to, name, phone }: AddressChanged): Contact => ({
  ...learnt(contact, { name, phone }),
  formerAddresses: movedAway(contact.formerAddresses, account, from, to),
})

/** What the contact has said of being written to holds at its new address as well. */
const consentNow = (
  view: View,
  workspace: string,
  old: ConsentAddress,
  now: ConsentAddress,
): ReadonlyArray<StoredDocument> => {
  const stored = view.document(workspace, consentKind, consentId(now))
  const before = decodeConsent(stored)
  const after = consentAlong(before, decodeConsent(view.document(workspace, consentKind, consentId(old))))
  return after === before ? [] : [encodeConsent(now, after, (stored?.version ?? 0) + 1)]
}

/** The conversations that went on at the old address go on at the new one. */
const moving = (
  core: Core,
  { workspace, account }: Connected,
  setup: Setup,
  states: ReadonlyArray<Conversation>,
  { from, to }: AddressChanged,
): Changes => {
  const facts = factsFor(core, setup, account, system)
  const recorded = states.flatMap((state) => {
    if (state.deleted || state.account !== account.id) return []
    const decision = decide(state, { _tag: 'ChangeAddress', from, to }, facts)
    return decision._tag === 'Accepted' ? [record(core, workspace, state, decision.entries).changes] : []
  })
  return {
    workspace,
    conversations: recorded.flatMap(({ conversations }) => conversations ?? []),
    entries: recorded.flatMap(({ entries }) => entries ?? []),
    work: recorded.flatMap(({ work }) => work ?? []),
    cancel: recorded.flatMap(({ cancel }) => cancel ?? []),
  }
}

/** Everything that is known at an address. */
interface At {
  readonly identity: StoredIdentity | undefined
  readonly stored: StoredDocument | undefined
}

const reachedAt = ({ identity, stored }: At): Reached | undefined =>
  identity && {
    contact: identity.contact,
    since: stored === undefined ? 0 : decodeContact(stored).createdAt,
    conversation: identity.conversation,
    verified: identity.verified,
  }

const change = (
  core: Core,
  to: Connected,
  setup: Setup,
  event: AddressChanged,
  view: View,
  follow: ReturnType<typeof redirects>,
): Decided<Receipt> => {
  const { workspace, account } = to
  const at = (address: string): At => {
    const identity = view.identity(workspace, account.id, address)
    return { identity, stored: identity && view.document(workspace, 'contact', identity.contact) }
  }
  const [old, now] = [at(event.from), at(event.to)]
  const both = readdressed(reachedAt(old), reachedAt(now))
  const id = both?.contact ?? core.ids.next()
  const conversation = both?.conversation ?? null
  const states: Array<Conversation> = []
  for (const one of new Set([conversation, old.identity?.conversation ?? null])) {
    const found = one === null ? undefined : follow(view, workspace, one)
    if (found?._tag === 'Needs') return found
    if (found?.conversation !== undefined) states.push(found.conversation)
  }
  const identities = [old.identity, now.identity].flatMap((identity, index): ReadonlyArray<StoredIdentity> => {
    const address = index === 0 ? event.from : event.to
    const verified = both?.verified ?? false
    const next = { account: account.id, address, contact: id, conversation, verified }
    const same = identity?.contact === id && identity.conversation === conversation && identity.verified === verified
    return same ? [] : [{ ...next, version: (identity?.version ?? 0) + 1 }]
  })
  const moved = moving(core, to, setup, states, event)
  const consents = consentNow(
    view,
    workspace,
    { account: account.id, address: event.from },
    { account: account.id, address: event.to },
  )
  if (identities.length + (moved.entries ?? []).length + consents.length === 0) {
    return { _tag: 'Decided', value: applied, changes: { workspace } }
  }
  const told = (stored: StoredDocument | undefined, contact: Contact, other: string | null) =>
    recordContact(stored, contact, {
      at: core.clock.now(),
      actor: system,
      what: { _tag: 'AddressChanged', account: account.id, ...(other === null ? {} : { other }) },
    })
  const mine = [old, now].find(({ identity }) => identity?.contact === id)?.stored
  const unheardOf = newContact(id, { provisional: true }, core.clock.now())
  const contacts = [
    told(
      mine,
      afterChange(mine === undefined ? unheardOf : decodeContact(mine), account.id, event),
      both?.other ?? null,
    ),
  ]
  const theirs = [old, now].find(({ identity }) => identity !== undefined && identity.contact === both?.other)?.stored
  if (theirs !== undefined) contacts.push(told(theirs, decodeContact(theirs), id))
  return {
    _tag: 'Decided',
    value: applied,
    changes: {
      ...moved,
      identities,
      documents: [...contacts.flatMap(({ documents }) => documents ?? []), ...consents],
      entries: [...(moved.entries ?? []), ...contacts.flatMap(({ entries }) => entries ?? [])],
    },
  }
}

/**
 * Gets ready that who wrote from one address writes from another one now. What it answers, called, makes both lead to the
 * same contact and to the same conversation; what is written there goes to the new one.
 */
export const readdressing = async (
  core: Core,
  to: Connected,
  event: AddressChanged,
  request?: object,
): Promise<() => Promise<Receipt>> => {
  const { workspace, account } = to
  if (event.from === event.to) return async () => ({ _tag: 'Ignored', reason: 'the same address' })
  const setup = await core.directory.of(workspace)
  const addresses = [event.from, event.to].map((address) => ({ account: account.id, address }))
  const unheard = await Promise.all(addresses.map(({ address }) => isBlockedBy(core, setup, to, { address })))
  const follow = redirects()
  return async () => {
    const { value } = await core.committer.submit<Receipt>({
      workspace,
      ...(request === undefined ? {} : { request }),
      needs: {
        identities: addresses.map((at) => ({ workspace, ...at })),
        documents: addresses.map((at) => ({ workspace, kind: consentKind, id: consentId(at) })),
      },
      decide: (view) => {
        const known = addresses.some(({ address }) => view.identity(workspace, account.id, address) !== undefined)
        // Of somebody who is not heard nothing is begun.
        if (unheard.includes(true) && !known) return { _tag: 'Decided', value: blocked, changes: { workspace } }
        return change(core, to, setup, event, view, follow)
      },
    })
    return value
  }
}
