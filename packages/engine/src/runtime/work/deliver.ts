import { decodeConversation } from '../../codec/conversation.ts'
import { decodeDelivery } from '../../codec/delivery.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { type Delivery, wholly } from '../../domain/message/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import { sendKey } from '../../domain/message/send-key.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import { handOverDropped } from '../bots/send-gate.ts'
import type { Core } from '../core.ts'
import { unparkFor } from '../ingest.ts'
import { readTimeline } from '../read/messages.ts'
import { hastenOne } from '../standing/hasten.ts'
import { messageOf } from '../target.ts'
import { translated } from '../translation/outgoing.ts'
import { noNeeds } from '../view.ts'
import {
  endPause,
  goesOnAfterAll,
  isOfAccount,
  lookAgainAt,
  pauseAccount,
  stopAccount,
  waitsUntil,
} from './account-wait.ts'
import { attemptsAtMost } from './backoff.ts'
import { waitBehind } from './behind.ts'
import { renderBy, sendBy } from './call-channel.ts'
import { compose } from './compose.ts'
import { held } from './holding.ts'
import { mayPass } from './insist.ts'
import {
  type Job,
  giveUp,
  leaveInDoubt,
  putBack,
  report,
  settled,
  store,
  storeEvidence,
  tryAgain,
  waitForAccount,
} from './keep-delivery.ts'
import { type Leave, mayLeaveNow, rememberRefusal } from './leaving.ts'
import { whereWritten } from './where-written.ts'

/** What may not leave any more fails, and says why; what may have left already is in doubt. */
const barred = async (
  core: Core,
  job: Job,
  account: string,
  gate: Exclude<Leave, { readonly _tag: 'Open' }>,
  delivery?: Delivery,
): Promise<unknown> => {
  if (gate._tag === 'Closed') await handOverDropped(core, job.work.workspace, gate.state, gate.bot)
  if (delivery?.status === 'sending') return leaveInDoubt(core, job, account, 'interrupted while it was being sent')
  return gate._tag === 'Closed'
    ? giveUp(core, job, account, 'superseded', `the bot may not speak here any more: ${gate.because}`)
    : giveUp(core, job, account, gate.because, 'the contact could not be written to any more when it was to leave')
}

/** What came before its message was known is applied now; a report on a piece is no reason to stop the others. */
const unparkPiece = (core: Core, to: Connected, externalId: string): Promise<void> =>
  unparkFor(core, to, externalId).catch((error: unknown) => core.report('work deliver', error))

/** Sends the pieces that have not left yet; each accepted one is recorded before the next is tried. */
const sendPieces = async (
  core: Core,
  to: Connected,
  job: Job,
  state: Conversation,
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
    const gate = piece > from ? await mayLeaveNow(core, to, job, state) : undefined
    if (gate !== undefined && gate._tag !== 'Open') return barred(core, job, account, gate)
    const begun = core.clock.now()
    const outcome = await sendBy(
      core,
      to,
      wires[piece],
      sendKey({ workspace: job.work.workspace, conversation, seq, piece }),
    )
    switch (outcome._tag) {
      case 'Accepted': {
        const last = piece === wires.length - 1
        const { externalId, status, error } = outcome
        const all = (current: Delivery): Delivery => {
          // What was reported of it by its key before this answer came is newer than that it was taken.
          const amiss = error ?? (current.status === 'failed' ? current.error : undefined)
          return wholly(
            report(core, status ?? 'sent', {
              ...(externalId === undefined ? {} : { externalId }),
              ...(amiss === undefined ? {} : { error: amiss }),
            })(current),
          )
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
        await endPause(core, to)
        if (externalId === undefined) break
        if (!last) await unparkPiece(core, to, externalId)
        else await finish(core, to, job, externalId)
        break
      }
      case 'Rejected':
        if (isOfAccount(outcome)) {
          await waitForAccount(core, job, account, lookAgainAt(core, job.work.attempts))
          return stopAccount(core, to, outcome, begun)
        }
        await giveUp(core, job, account, outcome.code, outcome.reason, storeEvidence)
        return rememberRefusal(core, to, job, state, outcome, begun)
      case 'Ambiguous':
        if (!to.channel.capabilities.idempotentSend) {
          return leaveInDoubt(core, job, account, outcome.reason)
        }
        if (job.attempts >= attemptsAtMost) return leaveInDoubt(core, job, account, outcome.reason)
        return tryAgain(core, job, account, outcome.reason, 0)
      case 'Retry':
        await tryAgain(core, job, account, outcome.reason, outcome.afterMs ?? 0)
        return outcome.scope === 'account' ? pauseAccount(core, to, outcome.afterMs ?? 0) : undefined
    }
  }
}

/** Long after it was written, in milliseconds. */
const lateMs = 10_000

/** Whoever has seen everything up to a time has not seen what left after it, whenever that was written. */
const leftLate = ({ sentAt }: { readonly sentAt: number }, now: number): Pick<Delivery, 'leftAt'> =>
  now - sentAt > lateMs ? { leftAt: now } : {}

/** A message that is sent is done with when what was reported of it before that has been heard. */
const finish = async (core: Core, to: Connected, job: Job, externalId: string | undefined): Promise<void> => {
  if (externalId !== undefined) await unparkFor(core, to, externalId)
  await store(core, job, to.account.id, (current) => current, { settle: settled(job.work) })
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
  const place = { work, conversation, seq, attempts: work.attempts }
  if (row === undefined || stored === undefined)
    return store(core, place, '', (current) => current, { settle: settled(work) })
  const state = await whereWritten(core, setup, workspace, decodeConversation(row), {
    account: stored.account,
    seq,
    said,
  })
  const delivery = decodeDelivery(stored)
  const { origin, movedTo } = delivery
  const attempts = delivery.attempts + 1
  const job: Job = {
    ...place,
    attempts,
    address: state.address,
    said: entry,
    ...(origin === undefined ? {} : { origin }),
  }
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
  const waits = await waitsUntil(core, to, work.attempts)
  if (waits !== undefined) {
    await waitForAccount(core, job, state.account, waits)
    return (await goesOnAfterAll(core, to)) ? hastenOne(core, work, state.account, { conversation, seq }) : undefined
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
    const gate = await mayLeaveNow(core, to, job, state)
    if (gate._tag !== 'Open') return barred(core, job, state.account, gate, delivery)
    const kept = await store(
      core,
      job,
      state.account,
      (current) => ({
        ...report(core, 'sending')(current),
        attempts: job.attempts,
        ...leftLate(said, core.clock.now()),
        ...(rendered.wires.length > 1 ? { sentPieces: from, pieces: rendered.wires.length } : {}),
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
    if (kept === 'stored') return sendPieces(core, to, job, state, rendered.wires, from)
  }
}
