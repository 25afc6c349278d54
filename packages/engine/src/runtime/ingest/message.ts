import { decodeContact } from '../../codec/contact.ts'
import { revisionOf } from '../../codec/settings.ts'
import type { Actor } from '../../domain/actor.ts'
import type { Received } from '../../domain/conversation/command.ts'
import { decide } from '../../domain/conversation/decide.ts'
import { place } from '../../domain/conversation/place.ts'
import { inherited } from '../../domain/conversation/window.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import { answersSomething, inWords } from '../../domain/message/asked.ts'
import type { Part } from '../../domain/message/part.ts'
import type { Routed } from '../../domain/routing/rule.ts'
import type { Evidence, InboundEvent, Receipt } from '../../ports/channel.ts'
import type { LoadRequest, StoredExternal } from '../../ports/storage.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { storageFailed } from '../error.ts'
import { landDetails } from '../bots/land.ts'
import { type Landing, answerInto } from '../contact/answer-into.ts'
import { type FamilyFinder, familyFinder } from '../contact/family.ts'
import { profilesToAsk } from '../contact/profiling.ts'
import { factsFor } from '../facts.ts'
import { type Returning, returning } from '../presence/seats.ts'
import { record } from '../record.ts'
import { type Followed, redirects } from '../redirect.ts'
import { routedBy } from '../routing.ts'
import { revisionNeeds, storedRevision } from '../settings/revision.ts'
import { type Needs, type View, noNeeds } from '../view.ts'
import { blocked, isBlockedBy } from './blocked.ts'
import { type Asked, askedAt, askedIn } from './asked.ts'
import { dropFiles, sha256, storeFiles } from './files.ts'
import { type MovedSenders, movedSenders } from './moved-sender.ts'
import { fallbackIdOf } from './fallback-id.ts'
import { type Known, identityAfter, know } from './sender.ts'

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
  const what = [event.from.address, event.sentAt ?? null, event.subject ?? null, said]
  return fallbackIdOf(await sha256(JSON.stringify(what)))
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

/** Its redirects followed: a conversation that holds, or what has to be loaded to know. */
type Follow = ReturnType<typeof redirects>

type Matched = ({ readonly _tag: 'Matched' } & Match) | Extract<Followed, { readonly _tag: 'Needs' }>

const led = (view: View, to: Connected, one: Evidence, follow: Follow): Followed => {
  const { workspace, account } = to
  const id =
    one.by === 'externalId' ? view.external(workspace, account.id, one.externalId)?.conversation : one.conversation
  return id === undefined ? { _tag: 'Found', conversation: undefined } : follow(view, workspace, id)
}

/**
 * A token names a conversation, not a message. Where the message that is answered has been moved to one that goes on
 * from there, that is where the answer belongs.
 */
const movedOn = (view: View, to: Connected, event: MessageReceived, follow: Follow, token: Conversation): Followed => {
  for (const one of event.evidence ?? []) {
    if (one.by !== 'externalId') continue
    const answered = led(view, to, one, follow)
    if (answered._tag === 'Needs') return answered
    const { conversation } = answered
    if (conversation === undefined || conversation.deleted || conversation.account !== to.account.id) continue
    return { _tag: 'Found', conversation: conversation.follows === token.id ? conversation : token }
  }
  return { _tag: 'Found', conversation: token }
}

/** The first evidence that holds within this account; a quoted subject only from somebody who already takes part. */
const matchEvidence = (view: View, to: Connected, event: MessageReceived, follow: Follow): Matched => {
  for (const one of event.evidence ?? []) {
    const found = led(view, to, one, follow)
    if (found._tag === 'Needs') return found
    const { conversation } = found
    if (conversation === undefined || conversation.deleted || conversation.account !== to.account.id) continue
    if (one.by === 'subject' && !conversation.known.includes(event.from.address)) continue
    if (one.by !== 'token') return { _tag: 'Matched', conversation, matched: one.by }
    const now = movedOn(view, to, event, follow, conversation)
    return now._tag === 'Needs' ? now : { _tag: 'Matched', conversation: now.conversation, matched: one.by }
  }
  return { _tag: 'Matched', conversation: undefined, matched: 'none' }
}

const match = (view: View, to: Connected, event: MessageReceived, follow: Follow): Matched => {
  if (to.channel.capabilities.threading === 'thread') return matchEvidence(view, to, event, follow)
  const active = view.identity(to.workspace, to.account.id, event.from.address)?.conversation
  const found: Followed =
    active == null ? { _tag: 'Found', conversation: undefined } : follow(view, to.workspace, active)
  if (found._tag === 'Needs') return found
  const { conversation } = found
  return { _tag: 'Matched', conversation, matched: conversation === undefined ? 'none' : 'contact' }
}

interface Arrival {
  readonly event: MessageReceived
  readonly externalId: string
  readonly parts: ReadonlyArray<Part>
  readonly setup: Setup
  readonly follow: Follow
  /** What was asked, where it was looked up: only for what answers something. */
  readonly asked: Asked | undefined
  readonly finder: FamilyFinder
  readonly moved: MovedSenders
}

/** What was asked in that conversation has to be looked up first. */
interface Unasked {
  readonly _tag: 'Unasked'
  readonly conversation: string
}

/** The settings have changed since they were read: perhaps the sender is not to be heard any more. */
interface Outdated {
  readonly _tag: 'Outdated'
}

const said = (
  view: View,
  to: Connected,
  { event, externalId, parts }: Arrival,
  matched: string,
  conversation: string | undefined,
): Received => {
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
    // What stands in another conversation has no number in this one.
    ...(quoted === undefined || quoted.conversation !== conversation ? {} : { quote: quoted.seq }),
  }
}

/** Which rule leads it where; nothing where there are no rules. */
const routing = (
  view: View,
  to: Connected,
  { event, parts, setup, finder }: Arrival,
  known: Known,
  former: Conversation | undefined,
  now: number,
): { readonly routed?: Routed } | { readonly needs: Needs } => {
  if (setup.rules.length === 0) return {}
  const stored = known.documents[0] ?? view.document(to.workspace, 'contact', known.contact)
  const own = stored === undefined ? undefined : decodeContact(stored)
  // Of who went into somebody else, rules see that one.
  const found = own?.mergedInto == null ? undefined : finder.in(view, own.id)
  if (found?._tag === 'Needs') return { needs: found.needs }
  const contact = found?.family?.root ?? own
  const { account } = to
  const routed = routedBy(setup, { account, contact, sender: event.from, former, subject: event.subject, parts, now })
  return routed === undefined ? {} : { routed }
}

/** What was asked there, as far as it was looked up: in a conversation that this batch has begun, nothing was. */
const askedBefore = (view: View, workspace: string, conversation: string, { asked }: Arrival): Asked | undefined =>
  view.loaded(workspace, conversation) === 0 ? { conversation, forms: new Map(), choices: [] } : asked

const arrive = (
  core: Core,
  to: Connected,
  arrived: Arrival,
  view: View,
  back: Returning,
): Decided<Receipt | Unasked | Outdated> => {
  const { workspace, account } = to
  const { event, externalId, setup } = arrived
  const nothing = { workspace }
  const stored = view.external(workspace, account.id, externalId)
  if (stored !== undefined) {
    const value = { _tag: 'Duplicate', conversation: stored.conversation, seq: stored.seq } as const
    return { _tag: 'Decided', value, changes: nothing }
  }
  if (revisionOf(storedRevision(view, workspace)) !== setup.revision) {
    return { _tag: 'Decided', value: { _tag: 'Outdated' }, changes: nothing }
  }
  const found = match(view, to, event, arrived.follow)
  if (found._tag === 'Needs') return found
  const { conversation, matched } = found
  const asked = conversation === undefined ? undefined : askedBefore(view, workspace, conversation.id, arrived)
  if (conversation !== undefined && conversation.id !== asked?.conversation && answersSomething(arrived.parts)) {
    return { _tag: 'Decided', value: { _tag: 'Unasked', conversation: conversation.id }, changes: nothing }
  }
  const { answersElsewhere } = to.channel.capabilities
  const arrival = answersElsewhere === true ? { ...arrived, parts: inWords(arrived.parts, asked) } : arrived
  const now = core.clock.now()
  const placement = place(conversation, account.policy, { automatic: event.automatic !== undefined, now })
  if (placement._tag === 'New') {
    const moved = arrived.moved(view, to, event.from)
    if ('needs' in moved) return { _tag: 'Needs', needs: moved.needs }
    const { from } = moved
    // As if she had written it from there: in the conversation that goes on there, and answered there.
    if (from !== event.from) return arrive(core, to, { ...arrived, event: { ...event, from } }, view, back)
  }
  const known = know(core, view, to, event.from)
  const actor: Actor = { kind: 'contact', id: known.contact }
  const appended = placement._tag === 'Append' ? conversation : undefined
  const routed = placement._tag === 'New' ? routing(view, to, arrival, known, conversation, now) : {}
  if ('needs' in routed) return { _tag: 'Needs', needs: routed.needs }
  const start =
    placement._tag === 'New'
      ? {
          start: {
            conversation: core.ids.next(),
            contact: known.contact,
            address: event.from.address,
            follows: placement.follows,
            ...inherited(conversation, event.from.address),
            ...routed,
          },
        }
      : {}
  // Whose it was matters only when it comes back; what goes on asks for nothing more than before.
  const returns = appended?.status !== 'open' && event.automatic === undefined
  const seen = back.see(view, returns ? appended : undefined)
  if ('needs' in seen) return { _tag: 'Needs', needs: seen.needs }
  const facts = factsFor(core, setup, account, actor, { ...start, ...seen, ...(asked && { asked }) })
  const decision = decide(appended, { _tag: 'Receive', message: said(view, to, arrival, matched, appended?.id) }, facts)
  const [entry] = decision._tag === 'Accepted' ? decision.entries : []
  if (decision._tag === 'Refused' || entry === undefined) {
    const value = decision._tag === 'Refused' ? rejected(decision.refusal) : rejected({ _tag: 'Empty' })
    return { _tag: 'Decided', value, changes: nothing }
  }
  const answered = asked && { parts: arrival.parts, asked }
  const landing: Landing =
    answered === undefined
      ? { _tag: 'Landed', documents: known.documents, entries: [] }
      : answerInto(core, setup, view, arrival.finder, { workspace, actor }, answered, known.documents)
  if (landing._tag === 'Needs') return landing
  if (landing._tag === 'Amiss') {
    const value = rejected({ _tag: 'Invalid', what: 'answer', issues: landing.issues })
    return { _tag: 'Decided', value, changes: nothing }
  }
  const detailed = landDetails(view, arrival.finder, appended, entry, landing.documents)
  if (detailed._tag === 'Needs') return detailed
  const { documents } = detailed
  const { after, changes } = record(core, workspace, appended, decision.entries)
  const identities = identityAfter(to, event.from, known, after.id, appended === undefined)
  const profiles = profilesToAsk(core, to, known, event.from.name)
  const sentAt = entry.what._tag === 'MessageReceived' ? entry.what.message.sentAt : now
  return {
    _tag: 'Decided',
    value: { _tag: 'Stored', conversation: after.id, seq: entry.seq, sentAt },
    changes: {
      ...changes,
      ...(profiles.length === 0 ? {} : { work: [...(changes.work ?? []), ...profiles] }),
      ...(landing.entries.length === 0 ? {} : { entries: [...(changes.entries ?? []), ...landing.entries] }),
      ...(appended === undefined ? {} : back.limits(view, appended, entry)),
      externals: [{ account: account.id, externalId, conversation: after.id, seq: entry.seq, at: now }],
      ...(identities.length === 0 ? {} : { identities }),
      ...(documents.length === 0 ? {} : { documents }),
    },
  }
}

const rejected = (refusal: Refusal): Receipt => ({
  _tag: 'Rejected',
  reason: refusal._tag,
  ...(refusal._tag === 'Invalid' ? { issues: refusal.issues } : {}),
})

/** The message that has this id. */
export const findStored = async (
  core: Core,
  ref: LoadRequest['externals'][number],
): Promise<StoredExternal | undefined> => {
  try {
    return (await core.storage.load({ ...noNeeds, externals: [ref] })).externals[0]
  } catch (error) {
    throw storageFailed(error)
  }
}

/**
 * Gets a message ready: finds its id, stores its files. What it answers, called, stores the message exactly once:
 * deduplication, resolution of contact and conversation, and the message itself are decided and committed together.
 * Messages of one `request` are in one commit.
 */
export const prepareMessage = async (
  core: Core,
  to: Connected,
  event: MessageReceived,
  request?: object,
): Promise<() => Promise<Receipt>> => {
  const { workspace, account } = to
  if (event.from.address.trim() === '') return async () => ({ _tag: 'Rejected', reason: 'NoSender' })
  const setup = await core.directory.of(workspace)
  if (await isBlockedBy(core, setup, to, event.from)) return async () => blocked
  const externalId = givenId(event) ?? (await fallbackId(event))
  const hasFiles = event.parts.some((part) => part._tag === 'File' || part._tag === 'RemoteFile')
  if (hasFiles) {
    // The files of a message that was deleted since must not come back with a second delivery of it.
    const known = await findStored(core, { workspace, account: account.id, externalId })
    if (known !== undefined) {
      return async () => ({ _tag: 'Duplicate', conversation: known.conversation, seq: known.seq })
    }
  }
  const parts = hasFiles
    ? await storeFiles(core, to, `${account.id}\n${externalId}`, event.parts)
    : (event.parts as ReadonlyArray<Part>)
  const early = answersSomething(parts) ? await askedAt(core, to, event.from.address, parts) : undefined
  const evidence = evidenceNeeds(to, event.evidence ?? [])
  const quotes = event.quotes === undefined ? [] : [{ workspace, account: account.id, externalId: event.quotes }]
  const store = async (at: Connected, by: Setup): Promise<Receipt | Outdated> => {
    const back = returning(core, by, workspace)
    const follow = redirects()
    const finder = familyFinder(workspace)
    const moved = movedSenders()
    for (let asked = early; ; ) {
      const arrival: Arrival = { event, externalId, parts, setup: by, follow, asked, finder, moved }
      const { value } = await core.committer.submit({
        workspace,
        ...(request === undefined ? {} : { request }),
        looksAt: revisionNeeds(workspace),
        needs: {
          ...evidence,
          identities: [{ workspace, account: account.id, address: event.from.address }],
          externals: [{ workspace, account: account.id, externalId }, ...(evidence.externals ?? []), ...quotes],
        },
        decide: (view) => arrive(core, at, arrival, view, back),
      })
      if (value._tag !== 'Unasked') return value
      asked = await askedIn(core, workspace, value.conversation, parts)
    }
  }
  return async () => {
    for (let now = { to, setup }; ; ) {
      const receipt = await store(now.to, now.setup)
      if (receipt._tag !== 'Outdated') return receipt
      core.directory.doubt(workspace)
      const newer = await core.directory.of(workspace)
      if (await isBlockedBy(core, newer, to, event.from)) {
        await dropFiles(core, workspace, parts)
        return blocked
      }
      const as = newer.accounts.get(account.id)
      now = { to: (as && connectedOf(core, workspace, as)) ?? to, setup: newer }
    }
  }
}
