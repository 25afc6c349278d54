import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import type { Actor } from '../../domain/actor.ts'
import { decide } from '../../domain/conversation/decide.ts'
import { inherited } from '../../domain/conversation/window.ts'
import type { Json } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import { afterReport, heard } from '../../domain/message/report.ts'
import type { InboundEvent, Receipt } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import { activeAt } from '../active-at.ts'
import type { Decided } from '../committer.ts'
import { profilesToAsk } from '../contact/profiling.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { storageFailed } from '../error.ts'
import { factsFor } from '../facts.ts'
import { record } from '../record.ts'
import { redirects } from '../redirect.ts'
import type { Needs, View } from '../view.ts'
import { write } from '../write.ts'
import { blocked, isBlockedBy } from './blocked.ts'
import { dropFiles, storeFiles } from './files.ts'
import type { Handled } from './park.ts'
import { referenceFinder } from './referenced.ts'
import { advanced, boundBy } from './report.ts'
import { identityAfter, know } from './sender.ts'

type MessageEchoed = Extract<InboundEvent, { readonly _tag: 'MessageEchoed' }>

/** What somebody of ours wrote elsewhere, its files stored. */
export interface Echo {
  readonly account: string
  readonly externalId: string
  readonly reference?: string
  readonly to: string
  readonly parts: ReadonlyArray<Part>
  readonly sentAt?: number
  readonly quotes?: string
  readonly meta?: Json
}

const ours: Receipt = { _tag: 'Ignored', reason: 'our own message' }

type Told = Pick<Echo, 'externalId' | 'reference' | 'sentAt'>
interface Recogniser {
  readonly needs: NonNullable<Needs['deliveries']>
  readonly in: (view: View) => Decided<Handled> | undefined
}

/** Recognises what this engine sent itself, and what was heard of before; undefined when it is neither. */
const recogniser = (core: Core, to: Connected, { externalId, reference, sentAt }: Told): Recogniser => {
  const { workspace, account } = to
  const byKey = referenceFinder(to, reference)
  const asked = new Set<number>()
  const sent = { status: 'sent', externalId, ...(sentAt === undefined ? {} : { at: sentAt }) } as const
  const recognise: Recogniser['in'] = (view) => {
    const report = heard(sent, core.clock.now())
    const external = view.external(workspace, account.id, externalId)
    if (external === undefined) {
      const found = byKey.in(view)
      if (found._tag === 'Needs') return found
      if (found._tag === 'Unknown') return undefined
      const value: Handled = { _tag: 'Bound', receipt: ours }
      return { _tag: 'Decided', value, changes: boundBy(core, view, to, found, report) }
    }
    const { conversation, seq } = external
    const stored = view.delivery(workspace, conversation, seq)
    if (stored === undefined && !asked.has(seq)) {
      asked.add(seq)
      return { _tag: 'Needs', needs: { deliveries: [{ workspace, conversation, seq }] } }
    }
    // What was only heard of was never offered to the channel.
    if (stored !== undefined && decodeDelivery(stored).attempts === 0) {
      return { _tag: 'Decided', value: { _tag: 'Duplicate', conversation, seq }, changes: { workspace } }
    }
    const deliveries = stored === undefined ? [] : advanced(stored, (current) => afterReport(current, report, null))
    return { _tag: 'Decided', value: ours, changes: { workspace, deliveries } }
  }
  return { needs: byKey.needs, in: recognise }
}

/** Puts it where the contact's conversation goes on, or begins one with it. */
const place = (
  core: Core,
  to: Connected,
  setup: Setup,
  echo: Echo,
  view: View,
  follow: ReturnType<typeof redirects>,
): Decided<Handled> => {
  const { workspace, account, channel } = to
  const { externalId, parts, sentAt, meta } = echo
  const active = view.identity(workspace, account.id, echo.to)?.conversation
  const found = active == null ? undefined : follow(view, workspace, active)
  if (found?._tag === 'Needs') return found
  const state = found?.conversation
  const appended = state === undefined || state.deleted || state.account !== account.id ? undefined : state
  const from = { address: echo.to }
  const known = know(core, view, to, from)
  // Somebody wrote it, but nobody who is known here.
  const actor: Actor = { kind: 'system', id: channel.name }
  const start = {
    conversation: core.ids.next(),
    contact: known.contact,
    address: echo.to,
    follows: null,
    ...inherited(state, echo.to),
  }
  const facts = factsFor(core, setup, account, actor, appended === undefined ? { start } : {})
  const quoted = echo.quotes === undefined ? undefined : view.external(workspace, account.id, echo.quotes)
  const message = {
    address: echo.to,
    externalId,
    parts,
    ...(sentAt === undefined ? {} : { providerAt: sentAt }),
    ...(meta === undefined ? {} : { meta }),
    ...(quoted === undefined || quoted.conversation !== appended?.id ? {} : { quote: quoted.seq }),
  }
  const decision = decide(appended, { _tag: 'Echo', message }, facts)
  const [entry] = decision._tag === 'Accepted' ? decision.entries : []
  if (decision._tag === 'Refused' || entry?.what._tag !== 'MessageSent') {
    const reason = decision._tag === 'Refused' ? decision.refusal._tag : 'Empty'
    return { _tag: 'Decided', value: { _tag: 'Rejected', reason }, changes: { workspace } }
  }
  const { after, changes } = record(core, workspace, appended, decision.entries)
  const { seq } = entry
  const at = entry.what.message.sentAt
  const delivery = { status: 'sent', at, attempts: 0, externalId, ids: [externalId] } as const
  const identities = identityAfter(to, from, known, after.id, appended === undefined)
  const profiles = profilesToAsk(core, to, known, undefined)
  return {
    _tag: 'Decided',
    value: { _tag: 'Bound', receipt: { _tag: 'Stored', conversation: after.id, seq, sentAt: at } },
    changes: {
      ...changes,
      externals: [{ account: account.id, externalId, conversation: after.id, seq, at: facts.now }],
      deliveries: [encodeDelivery({ conversation: after.id, seq, account: account.id }, delivery, 1)],
      ...(profiles.length === 0 ? {} : { work: [...(changes.work ?? []), ...profiles] }),
      ...(identities.length === 0 ? {} : { identities }),
      ...(known.documents.length === 0 ? {} : { documents: known.documents }),
    },
  }
}

/** Stores it, unless it is our own or known already. */
export const storeEcho = async (core: Core, to: Connected, echo: Echo): Promise<Handled> => {
  const { workspace, account } = to
  const setup = await core.directory.of(workspace)
  const known = recogniser(core, to, echo)
  const follow = redirects()
  const external = (externalId: string) => ({ workspace, account: account.id, externalId })
  const { value } = await core.committer.submit<Handled>({
    workspace,
    needs: {
      identities: [{ workspace, account: account.id, address: echo.to }],
      externals: [external(echo.externalId), ...(echo.quotes === undefined ? [] : [external(echo.quotes)])],
      deliveries: known.needs,
    },
    decide: (view) => known.in(view) ?? place(core, to, setup, echo, view, follow),
  })
  const kept = typeof value !== 'string' && value._tag === 'Bound' && value.receipt._tag === 'Stored'
  if (!kept && (typeof value === 'string' || value._tag !== 'Duplicate')) await dropFiles(core, workspace, echo.parts)
  return value
}

/** How many of the newest messages are looked at for one that is being sent. */
const looksAt = 50

/**
 * Whether something is on its way to the contact of which nobody knows yet what its id will be: what is heard of
 * meanwhile may be that.
 */
export const isSendingTo = async (core: Core, to: Connected, address: string): Promise<boolean> => {
  const state = await activeAt(core, to, address)
  if (state === undefined) return false
  const { workspace } = to
  const reading = Promise.resolve(
    core.storage.timeline({ workspace, conversation: state.id, kinds: ['out'], limit: looksAt }),
  )
  const { deliveries } = await reading.catch((error: unknown) => {
    throw storageFailed(error)
  })
  return deliveries.some(({ status }) => status === 'sending')
}

/** Somebody of ours wrote to the contact elsewhere; or it is what this engine sent, come back. */
export const applyEcho = async (core: Core, to: Connected, event: MessageEchoed): Promise<Handled> => {
  const { workspace, account } = to
  const { _tag, parts: said, ...told } = event
  const known = recogniser(core, to, event)
  const { value } = await core.committer.submit<Handled | undefined>({
    workspace,
    needs: { externals: [{ workspace, account: account.id, externalId: event.externalId }], deliveries: known.needs },
    decide: (view) => known.in(view) ?? { _tag: 'Decided', value: undefined, changes: { workspace } },
  })
  if (value !== undefined) return value
  if (await isBlockedBy(core, await core.directory.of(workspace), to, { address: event.to })) return blocked
  const parts = await storeFiles(core, to, `${account.id}\n${event.externalId}`, said)
  const echo: Echo = { ...told, account: account.id, parts }
  if (!(await isSendingTo(core, to, event.to))) return storeEcho(core, to, echo)
  const lane = `${account.id}/${event.to}`
  const due = core.clock.now()
  await write(core, workspace, () => ({
    work: [{ id: core.ids.next(), kind: 'echo', lane, due, key: null, payload: JSON.stringify(echo) }],
  }))
  return { _tag: 'Applied' }
}
