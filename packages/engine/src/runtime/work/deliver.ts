import { decodeConversation } from '../../codec/conversation.ts'
import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { type Delivery, type DeliveryStatus, advance, requeued } from '../../domain/message/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { ClaimedWork, Settlement, StoredDelivery, StoredExternal } from '../../ports/storage.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import { type SendGate, handOverDropped, sendGate } from '../bots/send-gate.ts'
import type { Core } from '../core.ts'
import { isContended } from '../error.ts'
import { unparkFor } from '../ingest.ts'
import { readTimeline } from '../read/messages.ts'
import { messageOf } from '../target.ts'
import { translated } from '../translation/outgoing.ts'
import { type Needs, type View, noNeeds } from '../view.ts'
import { attemptsAtMost, pauseAfter } from './backoff.ts'
import { waitBehind } from './behind.ts'
import { renderBy, sendBy } from './call-channel.ts'
import { compose } from './compose.ts'
import { held } from './holding.ts'
import { insist, mayPass } from './insist.ts'
import { whereWritten } from './where-written.ts'

interface Job {
  readonly work: ClaimedWork
  readonly conversation: string
  readonly seq: number
  /** Where it was written, before it was moved: every attempt at it has one key. */
  readonly origin?: MessageAddress
  /** The contact's address, once the conversation has been read. */
  readonly address?: string
  /** The entry of its message, once it has been read. */
  readonly said?: Entry | undefined
}

const settled = (work: ClaimedWork, retryAt?: number): Settlement => ({
  id: work.id,
  attempts: work.attempts,
  ...(retryAt === undefined ? {} : { retryAt }),
})

/**
 * `elsewhere`: it is sent by other work, as when its message was moved before it was taken up. `changed`: something has
 * happened since in a conversation that had to be as it was.
 */
type Kept = 'stored' | 'elsewhere' | 'changed'

interface Beside {
  readonly settle?: Settlement
  readonly externalIds?: ReadonlyArray<string>
  /** The version at which the gate of the bots was open. */
  readonly asOf?: number
  /** Where the message is, when only we know: that nothing was handed over, or what became of it. */
  readonly known?: DeliveryStatus
}

/**
 * Stores what became of a delivery and, when `settle` is given, ends the work with it, in one commit. What is under way
 * while its message is moved is told of it at its new place. It is the same twice as once, and refused when somebody else
 * has claimed the work since: so it may be said again when nobody knows whether it was heard.
 */
const store = (
  core: Core,
  job: Job,
  account: string,
  change: (current: Delivery) => Delivery,
  beside: Beside,
): Promise<Kept> => {
  const { conversation, seq, work } = job
  const { known } = beside
  const untold = known && { workspace: work.workspace, conversation, seq, status: known }
  return insist(core, untold, () => storeOnce(core, job, account, change, beside))
}

/** The same for what a channel has answered, which outranks every doubt: whoever has taken it up since is told as well. */
const storeEvidence: typeof store = (core, job, account, change, beside) =>
  store(core, job, account, change, beside).catch(async (failure: unknown) => {
    const { settle: _, ...evidence } = beside
    if (isContended(failure)) await store(core, job, account, change, evidence)
    throw failure
  })

const storeOnce = async (
  core: Core,
  job: Job,
  account: string,
  change: (current: Delivery) => Delivery,
  more: Beside,
): Promise<Kept> => {
  const { workspace } = job.work
  const externalIds = (more.externalIds ?? []).filter((externalId) => externalId.trim() !== '')
  const { value } = await core.committer.submit<Kept>({
    workspace,
    needs: {
      ...(more.asOf === undefined ? {} : { conversations: [{ workspace, id: job.conversation }] }),
      deliveries: [{ workspace, conversation: job.conversation, seq: job.seq }],
      externals: externalIds.map((externalId) => ({ workspace, account, externalId })),
    },
    decide: (view) => {
      const gated = more.asOf === undefined ? undefined : view.conversation(workspace, job.conversation)
      if (gated?.seq !== more.asOf) return { _tag: 'Decided', value: 'changed', changes: { workspace } }
      const found = locate(view, workspace, job)
      if (found._tag === 'Needs') return found
      if (found._tag === 'Elsewhere') {
        return { _tag: 'Decided', value: 'elsewhere', changes: { workspace, settle: [settled(job.work)] } }
      }
      const { stored, current, conversation, seq } = found
      const changed = current && change(current)
      const next = changed && withIds(changed, externalIds)
      const externals: ReadonlyArray<StoredExternal> = externalIds
        .filter((externalId) => view.external(workspace, account, externalId) === undefined)
        .map((externalId) => ({ account, externalId, conversation, seq, at: core.clock.now() }))
      return {
        _tag: 'Decided',
        value: 'stored',
        changes: {
          workspace,
          ...(more.settle === undefined ? {} : { settle: [more.settle] }),
          ...(externals.length === 0 ? {} : { externals }),
          // Written as it is, so that the commit fails when somebody has stepped in since it was read.
          ...(gated === undefined ? {} : { conversations: [{ before: gated, after: gated }] }),
          ...(stored === undefined || next === undefined || next === current
            ? {}
            : {
                deliveries: [encodeDelivery(stored, next, stored.version + 1)],
                reached: job.address === undefined ? [] : [{ account, address: job.address }],
              }),
        },
      }
    },
  })
  return value
}

type Located =
  | {
      readonly _tag: 'Here'
      readonly stored: StoredDelivery | undefined
      readonly current: Delivery | undefined
      readonly conversation: string
      readonly seq: number
    }
  | { readonly _tag: 'Elsewhere' }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

/** The row of a delivery, after its message where that was moved. What had not been taken up is not ours any more. */
const locate = (view: View, workspace: string, { conversation, seq }: MessageAddress): Located => {
  const stored = view.delivery(workspace, conversation, seq)
  const current = stored && decodeDelivery(stored)
  if (current?.movedTo === undefined) return { _tag: 'Here', stored, current, conversation, seq }
  if (current.status === 'queued') return { _tag: 'Elsewhere' }
  const to = current.movedTo
  if (view.delivery(workspace, to.conversation, to.seq) !== undefined) return locate(view, workspace, to)
  return { _tag: 'Needs', needs: { deliveries: [{ workspace, ...to }] } }
}

const withIds = (delivery: Delivery, externalIds: ReadonlyArray<string>): Delivery => {
  const ids = delivery.ids ?? []
  const more = externalIds.filter((id) => !ids.includes(id))
  return more.length === 0 ? delivery : { ...delivery, ids: [...ids, ...more] }
}

const report =
  (core: Core, status: Delivery['status'], more: Partial<Pick<Delivery, 'error' | 'externalId'>> = {}) =>
  (current: Delivery): Delivery =>
    advance(current, { status, at: core.clock.now(), ...more })

const giveUp = (
  core: Core,
  job: Job,
  account: string,
  code: string,
  message: string,
  storing: typeof store = store,
): Promise<unknown> =>
  storing(core, job, account, report(core, 'failed', { error: { code, message } }), {
    settle: settled(job.work),
    known: 'failed',
  })

/** The gate of the bots, for what one of them has said; it is always open to everybody else. */
const gateOf = (core: Core, { work, conversation }: Job, said: Entry | undefined): Promise<SendGate> | SendGate =>
  said?.what._tag === 'MessageSent' && said.actor.kind === 'bot'
    ? sendGate(core, work.workspace, conversation, said)
    : { _tag: 'Open' }

/** What a bot has said is not sent any more; what may have left already is in doubt. */
const supersede = async (
  core: Core,
  job: Job,
  { state, because, bot }: Extract<SendGate, { readonly _tag: 'Closed' }>,
  delivery?: Delivery,
): Promise<unknown> => {
  await handOverDropped(core, job.work.workspace, state, bot)
  if (delivery?.status === 'sending') {
    return leaveInDoubt(core, job, state.account, 'interrupted while it was being sent')
  }
  return giveUp(core, job, state.account, 'superseded', `the bot may not speak here any more: ${because}`)
}

const leaveInDoubt = (core: Core, job: Job, account: string, message: string): Promise<unknown> =>
  store(core, job, account, report(core, 'uncertain', { error: { code: 'uncertain', message } }), {
    settle: settled(job.work),
    known: 'uncertain',
  })

/** Nothing of it has been handed over since it was taken up: whoever comes next begins where this one was. */
const putBack = (
  core: Core,
  job: Job,
  account: string,
  why = 'the engine was closed before it left',
): Promise<unknown> => {
  const now = core.clock.now()
  return store(core, job, account, (current) => requeued(current, now, why), {
    settle: settled(job.work, now),
    known: 'queued',
  })
}

/** What came before its message was known is applied now; a report on a piece is no reason to stop the others. */
const unparkPiece = (core: Core, to: Connected, externalId: string): Promise<void> =>
  unparkFor(core, to, externalId).catch((error: unknown) => core.report('work deliver', error))

/** Sends the pieces that have not left yet; each accepted one is recorded before the next is tried. */
const sendPieces = async (
  core: Core,
  to: Connected,
  job: Job,
  wires: ReadonlyArray<unknown>,
  from: number,
): Promise<unknown> => {
  const account = to.account.id
  const { conversation, seq } = job.origin ?? job
  if (from >= wires.length) {
    return leaveInDoubt(core, job, account, 'it was rendered otherwise when part of it had left')
  }
  for (let piece = from; piece < wires.length; piece++) {
    if (core.closing.aborted) return putBack(core, job, account)
    // Before the first piece it has just been asked.
    const gate = piece > from ? await gateOf(core, job, job.said) : undefined
    if (gate?._tag === 'Closed') return supersede(core, job, gate)
    const outcome = await sendBy(core, to, wires[piece], `${job.work.workspace}/${conversation}/${seq}/${piece}`)
    switch (outcome._tag) {
      case 'Accepted': {
        const last = piece === wires.length - 1
        const { externalId, status, error } = outcome
        const all = (current: Delivery): Delivery => {
          const { sentPieces: _, ...whole } = report(core, status ?? 'sent', {
            ...(externalId === undefined ? {} : { externalId }),
            ...(error === undefined ? {} : { error }),
          })(current)
          return whole
        }
        const externalIds = externalId === undefined ? [] : [externalId]
        const known = last ? (status ?? 'sent') : 'sending'
        const change = last ? all : (current: Delivery): Delivery => ({ ...current, sentPieces: piece + 1 })
        await (last ? storeEvidence : store)(core, job, account, change, {
          externalIds,
          // With an id there is one thing left to do, which must not be forgotten either.
          settle: last && externalId === undefined ? settled(job.work) : held(core, job.work),
          known,
        })
        if (externalId === undefined) break
        if (!last) await unparkPiece(core, to, externalId)
        else await finish(core, to, job, externalId)
        break
      }
      case 'Rejected':
        return giveUp(core, job, account, outcome.code, outcome.reason, storeEvidence)
      case 'Ambiguous':
        if (!to.channel.capabilities.idempotentSend) {
          return leaveInDoubt(core, job, account, outcome.reason)
        }
        if (job.work.attempts >= attemptsAtMost) return leaveInDoubt(core, job, account, outcome.reason)
        return tryAgain(core, job, account, outcome.reason, 0)
      case 'Retry':
        return tryAgain(core, job, account, outcome.reason, outcome.afterMs ?? 0)
    }
  }
}

/** A message that is sent is done with when what was reported of it before that has been heard. */
const finish = async (core: Core, to: Connected, job: Job, externalId: string | undefined): Promise<void> => {
  if (externalId !== undefined) await unparkFor(core, to, externalId)
  await store(core, job, to.account.id, (current) => current, { settle: settled(job.work) })
}

const tryAgain = (core: Core, job: Job, account: string, reason: string, afterMs: number): Promise<unknown> => {
  const { attempts } = job.work
  if (attempts >= attemptsAtMost) return giveUp(core, job, account, 'expired', reason)
  const now = core.clock.now()
  const retryAt = now + pauseAfter(attempts, core.random(), afterMs)
  return store(core, job, account, (current) => requeued(current, now, reason), {
    settle: settled(job.work, retryAt),
    known: 'queued',
  })
}

/**
 * Brings one message to its channel. `sending` is durable before the channel is called: whoever finds it after a crash
 * knows that the message may have left, and repeats it only where the channel makes repeating safe.
 */
export const deliver = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { behind, ...address } = JSON.parse(work.payload) as MessageAddress & { readonly behind?: true }
  await (behind === true ? waitBehind(core, work, address) : deliverAt(core, work, address))
}

const deliverAt = async (core: Core, work: ClaimedWork, { conversation, seq }: MessageAddress): Promise<unknown> => {
  const { workspace } = work
  const [loaded, page, setup] = await Promise.all([
    core.storage.load({
      ...noNeeds,
      conversations: [{ workspace, id: conversation }],
      deliveries: [{ workspace, conversation, seq }],
    }),
    core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 }),
    core.directory.of(workspace),
  ])
  const row = loaded.conversations[0]
  const stored = loaded.deliveries[0]
  const entry = page.entries[0] && decodeEntry(page.entries[0])
  const said = entry && messageOf(entry)
  const place = { work, conversation, seq }
  if (row === undefined || stored === undefined)
    return store(core, place, '', (current) => current, { settle: settled(work) })
  const state = await whereWritten(core, setup, workspace, decodeConversation(row), {
    account: stored.account,
    seq,
    said,
  })
  const delivery = decodeDelivery(stored)
  const { origin, movedTo } = delivery
  const job: Job = { ...place, address: state.address, ...(origin === undefined ? {} : { origin }) }
  const account = setup.accounts.get(state.account)
  const to = account && connectedOf(core, workspace, account)
  if (delivery.status !== 'queued' && delivery.status !== 'sending') {
    if (to !== undefined) return finish(core, to, job, delivery.externalId)
    return store(core, job, state.account, (current) => current, { settle: settled(work) })
  }
  // What was being sent when its message was moved is looked after here; what was not has work of its own there.
  if (movedTo !== undefined && delivery.status === 'sending') return deliverAt(core, work, movedTo)
  if (movedTo !== undefined) return store(core, job, state.account, (current) => current, { settle: settled(work) })
  if (state.deleted || said?.direction !== 'out' || said.deleted === true) {
    return giveUp(core, job, state.account, 'deleted', 'the message was deleted before it left')
  }
  if (to === undefined)
    return giveUp(core, job, state.account, 'noChannel', 'its account or channel is not there any more')
  if (delivery.status === 'sending' && !to.channel.capabilities.idempotentSend) {
    return leaveInDoubt(core, job, state.account, 'interrupted while it was being sent')
  }
  const written = readTimeline(page).messages[0]
  const words = written === undefined ? said.parts : await translated(core, workspace, state, written)
  if (words === 'closing') return putBack(core, job, state.account)
  if (words === 'changed') {
    return store(core, job, state.account, (now) => now, { settle: settled(work, core.clock.now()) })
  }
  const message = await compose(core, workspace, state, seq, said, words)
  const rendered = await renderBy(core, to, message)
  if (rendered._tag === 'Unsupported') return giveUp(core, job, state.account, 'unsupported', rendered.feature)
  if (rendered.wires.length === 0) return giveUp(core, job, state.account, 'unsupported', 'nothing to send')
  const from = delivery.sentPieces ?? 0
  if (core.closing.aborted) return putBack(core, job, state.account)
  for (;;) {
    const gate = await gateOf(core, job, entry)
    if (gate._tag === 'Closed') return supersede(core, job, gate, delivery)
    const kept = await store(
      core,
      job,
      state.account,
      (current) => ({
        ...report(core, 'sending')(current),
        attempts: work.attempts,
        ...(rendered.wires.length > 1 ? { sentPieces: from } : {}),
      }),
      {
        externalIds: rendered.externalIds ?? [],
        settle: held(core, work),
        ...(gate.version === undefined ? {} : { asOf: gate.version }),
      },
    ).catch(async (error: unknown) => {
      if (!mayPass(error)) throw error
      // It may have been heard, and what it was decided by may have changed since: it is taken up anew.
      await putBack(core, job, state.account, 'the store failed before it left')
      return 'elsewhere' as const
    })
    if (kept === 'elsewhere') return undefined
    if (kept === 'stored') return sendPieces(core, to, { ...job, said: entry }, rendered.wires, from)
  }
}
