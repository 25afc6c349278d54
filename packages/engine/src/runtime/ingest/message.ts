import { decodeContact, encodeContact } from '../../codec/contact.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Received } from '../../domain/conversation/command.ts'
import { decide } from '../../domain/conversation/decide.ts'
import { place } from '../../domain/conversation/place.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Part } from '../../domain/message/part.ts'
import type { Evidence, InboundEvent, Receipt, Sender } from '../../ports/channel.ts'
import type { LoadRequest, StoredContact, StoredExternal, StoredIdentity } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { storageFailed } from '../error.ts'
import { factsFor } from '../facts.ts'
import { record } from '../record.ts'
import { type Needs, type View, noNeeds } from '../view.ts'
import { sha256, storeFiles } from './files.ts'

type MessageReceived = Extract<InboundEvent, { readonly _tag: 'MessageReceived' }>

const givenId = ({ externalId }: MessageReceived): string | undefined =>
  externalId === undefined || externalId.trim() === '' ? undefined : externalId

/**
 * A message without an id of the provider gets one that follows from who wrote what and when, so that a repeated
 * delivery is still recognised. It can never equal a provider's.
 */
const fallbackId = async (event: MessageReceived): Promise<string> => {
  const said = event.parts.map((part) =>
    part._tag === 'File'
      ? [part.file.name, part.file.mime, part.file.bytes.byteLength, [...part.file.bytes.subarray(0, 4096)].join()]
      : part,
  )
  return `none:${await sha256(JSON.stringify([event.from.address, event.sentAt ?? null, event.subject ?? null, said]))}`
}

const evidenceNeeds = ({ workspace, account }: Connected, evidence: ReadonlyArray<Evidence>): Needs => ({
  conversations: evidence.flatMap((one) => (one.by === 'externalId' ? [] : [{ workspace, id: one.conversation }])),
  externals: evidence.flatMap((one) =>
    one.by === 'externalId' && one.externalId !== ''
      ? [{ workspace, account: account.id, externalId: one.externalId }]
      : [],
  ),
})

interface Match {
  readonly conversation: Conversation | undefined
  readonly matched: string
}

/** The first evidence that holds within this account; a quoted subject only from somebody who already takes part. */
const matchEvidence = (view: View, to: Connected, event: MessageReceived): Match => {
  const { workspace, account } = to
  for (const one of event.evidence ?? []) {
    const id =
      one.by === 'externalId' ? view.external(workspace, account.id, one.externalId)?.conversation : one.conversation
    const conversation = id === undefined ? undefined : view.conversation(workspace, id)
    if (conversation === undefined || conversation.deleted || conversation.account !== account.id) continue
    if (one.by === 'subject' && !conversation.known.includes(event.from.address)) continue
    return { conversation, matched: one.by }
  }
  return { conversation: undefined, matched: 'none' }
}

const match = (view: View, to: Connected, event: MessageReceived): Match => {
  if (to.channel.capabilities.threading === 'thread') return matchEvidence(view, to, event)
  const active = view.identity(to.workspace, to.account.id, event.from.address)?.conversation
  const conversation = active == null ? undefined : view.conversation(to.workspace, active)
  return { conversation, matched: conversation === undefined ? 'none' : 'contact' }
}

const newContact = (core: Core, from: Sender): Contact => ({
  id: core.ids.next(),
  name: from.name ?? null,
  provisional: true,
  emails: from.email === undefined ? [] : [from.email],
  phones: from.phone === undefined ? [] : [from.phone],
  language: from.language ?? null,
  attributes: from.attributes ?? {},
  createdAt: core.clock.now(),
})

interface Known {
  readonly identity: StoredIdentity | undefined
  readonly contact: string
  readonly contacts: ReadonlyArray<StoredContact>
}

/** What a sender tells about itself fills gaps; it never overwrites what is there. */
const learn = (stored: StoredContact, from: Sender): ReadonlyArray<StoredContact> => {
  if (from.name === undefined && from.language === undefined && from.attributes === undefined) return []
  const contact = decodeContact(stored)
  const name = contact.name ?? from.name ?? null
  const language = contact.language ?? from.language ?? null
  const attributes = Object.entries(from.attributes ?? {})
  const same = attributes.every(([key, value]) => contact.attributes[key] === value)
  if (same && name === contact.name && language === contact.language) return []
  const learnt = { ...contact, name, language, attributes: { ...contact.attributes, ...from.attributes } }
  return [encodeContact(learnt, stored.version + 1)]
}

const know = (core: Core, view: View, to: Connected, from: Sender): Known => {
  const identity = view.identity(to.workspace, to.account.id, from.address)
  if (identity !== undefined) {
    const stored = view.contact(to.workspace, identity.contact)
    return { identity, contact: identity.contact, contacts: stored === undefined ? [] : learn(stored, from) }
  }
  const contact = newContact(core, from)
  return { identity, contact: contact.id, contacts: [encodeContact(contact, 1)] }
}

/** The identity as it is after the message: on channels that thread by contact it points at the conversation. */
const identityAfter = (
  to: Connected,
  from: Sender,
  known: Known,
  conversation: string,
): ReadonlyArray<StoredIdentity> => {
  const { identity, contact } = known
  const points = to.channel.capabilities.threading === 'contact' ? conversation : null
  const verified = from.verified === true || identity?.verified === true
  if (identity !== undefined && identity.conversation === points && identity.verified === verified) return []
  const version = (identity?.version ?? 0) + 1
  return [{ account: to.account.id, address: from.address, contact, conversation: points, verified, version }]
}

interface Arrival {
  readonly event: MessageReceived
  readonly externalId: string
  readonly parts: ReadonlyArray<Part>
  readonly setup: Setup
}

const said = (view: View, to: Connected, { event, externalId, parts }: Arrival, matched: string): Received => {
  const quoted = event.quotes === undefined ? undefined : view.external(to.workspace, to.account.id, event.quotes)
  return {
    externalId,
    address: event.from.address,
    parts,
    matched,
    ...(event.sentAt === undefined ? {} : { providerAt: event.sentAt }),
    ...(event.automatic === undefined ? {} : { automatic: event.automatic }),
    ...(event.meta === undefined ? {} : { meta: event.meta }),
    ...(event.subject === undefined ? {} : { subject: event.subject }),
    ...(quoted === undefined ? {} : { quote: quoted.seq }),
  }
}

const arrive = (core: Core, to: Connected, arrival: Arrival, view: View): Decided<Receipt> => {
  const { workspace, account } = to
  const { event, externalId, setup } = arrival
  const nothing = { workspace }
  const stored = view.external(workspace, account.id, externalId)
  if (stored !== undefined) {
    const value = { _tag: 'Duplicate', conversation: stored.conversation, seq: stored.seq } as const
    return { _tag: 'Decided', value, changes: nothing }
  }
  const { conversation, matched } = match(view, to, event)
  const now = core.clock.now()
  const placement = place(conversation, account.policy, { automatic: event.automatic !== undefined, now })
  const known = know(core, view, to, event.from)
  const actor: Actor = { kind: 'contact', id: known.contact }
  const appended = placement._tag === 'Append' ? conversation : undefined
  const start =
    placement._tag === 'New'
      ? {
          start: {
            conversation: core.ids.next(),
            contact: known.contact,
            address: event.from.address,
            follows: placement.follows,
          },
        }
      : {}
  const facts = factsFor(core, setup, account, actor, start)
  const decision = decide(appended, { _tag: 'Receive', message: said(view, to, arrival, matched) }, facts)
  const [entry] = decision._tag === 'Accepted' ? decision.entries : []
  if (decision._tag === 'Refused' || entry === undefined) {
    const reason = decision._tag === 'Refused' ? decision.refusal._tag : 'Empty'
    return { _tag: 'Decided', value: { _tag: 'Rejected', reason }, changes: nothing }
  }
  const { after, changes } = record(core, workspace, appended, decision.entries)
  const identities = identityAfter(to, event.from, known, after.id)
  const sentAt = entry.what._tag === 'MessageReceived' ? entry.what.message.sentAt : now
  return {
    _tag: 'Decided',
    value: { _tag: 'Stored', conversation: after.id, seq: entry.seq, sentAt },
    changes: {
      ...changes,
      externals: [{ account: account.id, externalId, conversation: after.id, seq: entry.seq, at: now }],
      ...(identities.length === 0 ? {} : { identities }),
      ...(known.contacts.length === 0 ? {} : { contacts: known.contacts }),
    },
  }
}

const findStored = async (core: Core, ref: LoadRequest['externals'][number]): Promise<StoredExternal | undefined> => {
  try {
    return (await core.storage.load({ ...noNeeds, externals: [ref] })).externals[0]
  } catch (error) {
    throw storageFailed(error)
  }
}

/**
 * Gets a message ready: finds its id, stores its files. What it answers, called, stores the message exactly once:
 * deduplication, resolution of contact and conversation, and the message itself are decided and committed together.
 */
export const prepareMessage = async (
  core: Core,
  to: Connected,
  event: MessageReceived,
): Promise<() => Promise<Receipt>> => {
  const { workspace, account } = to
  if (event.from.address.trim() === '') return async () => ({ _tag: 'Rejected', reason: 'NoSender' })
  const setup = await core.directory.of(workspace)
  const externalId = givenId(event) ?? (await fallbackId(event))
  const hasFiles = event.parts.some((part) => part._tag === 'File')
  if (hasFiles) {
    // The files of a message that was deleted since must not come back with a second delivery of it.
    const known = await findStored(core, { workspace, account: account.id, externalId })
    if (known !== undefined) {
      return async () => ({ _tag: 'Duplicate', conversation: known.conversation, seq: known.seq })
    }
  }
  const parts = hasFiles
    ? await storeFiles(core, workspace, `${account.id}\n${externalId}`, event.parts)
    : (event.parts as ReadonlyArray<Part>)
  const evidence = evidenceNeeds(to, event.evidence ?? [])
  const quotes = event.quotes === undefined ? [] : [{ workspace, account: account.id, externalId: event.quotes }]
  return async () => {
    const { value } = await core.committer.submit({
      needs: {
        ...evidence,
        identities: [{ workspace, account: account.id, address: event.from.address }],
        externals: [{ workspace, account: account.id, externalId }, ...(evidence.externals ?? []), ...quotes],
      },
      decide: (view) => arrive(core, to, { event, externalId, parts, setup }, view),
    })
    return value
  }
}
