import { decodeConversation } from '../../codec/conversation.ts'
import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import { type Delivery, advance, requeued } from '../../domain/message/delivery.ts'
import type { ClaimedWork, StoredExternal } from '../../ports/storage.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import type { Core } from '../core.ts'
import { unparkFor } from '../ingest.ts'
import { readTimeline } from '../read/messages.ts'
import { messageOf } from '../target.ts'
import { noNeeds } from '../view.ts'
import { attemptsAtMost, leaseMs, pauseAfter } from './backoff.ts'
import { renderBy, sendBy } from './call-channel.ts'
import { compose } from './compose.ts'

interface Job {
  readonly work: ClaimedWork
  readonly conversation: string
  readonly seq: number
  /** The contact's address, once the conversation has been read. */
  readonly address?: string
}

const settled = (work: ClaimedWork, retryAt?: number) => ({
  id: work.id,
  attempts: work.attempts,
  ...(retryAt === undefined ? {} : { retryAt }),
})

/**
 * Holds the work for another lease. Refused, like any settlement, when somebody else has claimed it since: who was
 * away for longer than a lease, as on a machine that slept, must not send what another has sent.
 */
const held = (core: Core, work: ClaimedWork) => settled(work, core.clock.now() + leaseMs)

/** Stores what became of a delivery and, when `settle` is given, ends the work with it, in one commit. */
const store = async (
  core: Core,
  job: Job,
  account: string,
  change: (current: Delivery) => Delivery,
  more: { readonly settle?: ReturnType<typeof settled>; readonly externalIds?: ReadonlyArray<string> },
): Promise<void> => {
  const { conversation, seq } = job
  const { workspace } = job.work
  const externalIds = (more.externalIds ?? []).filter((externalId) => externalId.trim() !== '')
  await core.committer.submit({
    needs: {
      deliveries: [{ workspace, conversation, seq }],
      externals: externalIds.map((externalId) => ({ workspace, account, externalId })),
    },
    decide: (view) => {
      const stored = view.delivery(workspace, conversation, seq)
      const current = stored && decodeDelivery(stored)
      const next = current && change(current)
      const externals: ReadonlyArray<StoredExternal> = externalIds
        .filter((externalId) => view.external(workspace, account, externalId) === undefined)
        .map((externalId) => ({ account, externalId, conversation, seq, at: core.clock.now() }))
      return {
        _tag: 'Decided',
        value: undefined,
        changes: {
          workspace,
          ...(more.settle === undefined ? {} : { settle: [more.settle] }),
          ...(externals.length === 0 ? {} : { externals }),
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
}

const report =
  (core: Core, status: Delivery['status'], more: Partial<Pick<Delivery, 'error' | 'externalId'>> = {}) =>
  (current: Delivery): Delivery =>
    advance(current, { status, at: core.clock.now(), ...more })

const giveUp = (core: Core, job: Job, account: string, code: string, message: string): Promise<void> =>
  store(core, job, account, report(core, 'failed', { error: { code, message } }), { settle: settled(job.work) })

const leaveInDoubt = (core: Core, job: Job, account: string, message: string): Promise<void> =>
  store(core, job, account, report(core, 'uncertain', { error: { code: 'uncertain', message } }), {
    settle: settled(job.work),
  })

/** Nothing of it has been handed over since it was taken up: whoever comes next begins where this one was. */
const putBack = (core: Core, job: Job, account: string): Promise<void> => {
  const now = core.clock.now()
  return store(core, job, account, (current) => requeued(current, now, 'the engine was closed before it left'), {
    settle: settled(job.work, now),
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
): Promise<void> => {
  const account = to.account.id
  if (from >= wires.length) {
    return leaveInDoubt(core, job, account, 'it was rendered otherwise when part of it had left')
  }
  for (let piece = from; piece < wires.length; piece++) {
    if (core.closing.aborted) return putBack(core, job, account)
    const outcome = await sendBy(
      core,
      to,
      wires[piece],
      `${job.work.workspace}/${job.conversation}/${job.seq}/${piece}`,
    )
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
        await store(core, job, account, last ? all : (current) => ({ ...current, sentPieces: piece + 1 }), {
          ...(externalId === undefined ? {} : { externalIds: [externalId] }),
          // With an id there is one thing left to do, which must not be forgotten either.
          settle: last && externalId === undefined ? settled(job.work) : held(core, job.work),
        })
        if (externalId === undefined) break
        if (!last) await unparkPiece(core, to, externalId)
        else await finish(core, to, job, externalId)
        break
      }
      case 'Rejected':
        return giveUp(core, job, account, outcome.code, outcome.reason)
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

const tryAgain = (core: Core, job: Job, account: string, reason: string, afterMs: number): Promise<void> => {
  const { attempts } = job.work
  if (attempts >= attemptsAtMost) return giveUp(core, job, account, 'expired', reason)
  const now = core.clock.now()
  const retryAt = now + pauseAfter(attempts, core.random(), afterMs)
  return store(core, job, account, (current) => requeued(current, now, reason), {
    settle: settled(job.work, retryAt),
  })
}

/**
 * Brings one message to its channel. `sending` is durable before the channel is called: whoever finds it after a crash
 * knows that the message may have left, and repeats it only where the channel makes repeating safe.
 */
export const deliver = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation, seq } = JSON.parse(work.payload) as { readonly conversation: string; readonly seq: number }
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
  const state = decodeConversation(row)
  const job: Job = { ...place, address: state.address }
  const delivery = decodeDelivery(stored)
  const account = setup.accounts.get(state.account)
  const to = account && connectedOf(core, workspace, account)
  if (delivery.status !== 'queued' && delivery.status !== 'sending') {
    if (to !== undefined) return finish(core, to, job, delivery.externalId)
    return store(core, job, state.account, (current) => current, { settle: settled(work) })
  }
  if (state.deleted || said?.direction !== 'out' || said.deleted === true) {
    return giveUp(core, job, state.account, 'deleted', 'the message was deleted before it left')
  }
  if (to === undefined)
    return giveUp(core, job, state.account, 'noChannel', 'its account or channel is not there any more')
  if (delivery.status === 'sending' && !to.channel.capabilities.idempotentSend) {
    return leaveInDoubt(core, job, state.account, 'interrupted while it was being sent')
  }
  const parts = readTimeline(page).messages[0]?.parts ?? said.parts
  const message = await compose(core, workspace, state, seq, said, parts)
  const rendered = await renderBy(core, to, message)
  if (rendered._tag === 'Unsupported') return giveUp(core, job, state.account, 'unsupported', rendered.feature)
  if (rendered.wires.length === 0) return giveUp(core, job, state.account, 'unsupported', 'nothing to send')
  const from = delivery.sentPieces ?? 0
  if (core.closing.aborted) return putBack(core, job, state.account)
  await store(
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
    },
  )
  return sendPieces(core, to, job, rendered.wires, from)
}
