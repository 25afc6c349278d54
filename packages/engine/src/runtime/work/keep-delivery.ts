import { decodeDelivery, encodeDelivery } from '../../codec/delivery.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { type Delivery, type DeliveryStatus, advance, requeued, withIds } from '../../domain/message/delivery.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { ClaimedWork, Settlement, StoredDelivery, StoredExternal } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { isContended } from '../error.ts'
import type { Needs, View } from '../view.ts'
import { attemptsAtMost, pauseAfter } from './backoff.ts'
import { insist } from './insist.ts'

/** What becomes of a delivery, stored with the end of the work on it. */

export interface Job {
  readonly work: ClaimedWork
  readonly conversation: string
  readonly seq: number
  /** Where it was written, before it was moved: every attempt at it has one key. */
  readonly origin?: MessageAddress
  /** How often it was offered to its channel, this time included; that it waited for its account is no attempt. */
  readonly attempts: number
  /** The contact's address, once the conversation has been read. */
  readonly address?: string
  /** The entry of its message, once it has been read. */
  readonly said?: Entry | undefined
}

export const settled = (work: ClaimedWork, retryAt?: number): Settlement => ({
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
export const store = (
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
export const storeEvidence: typeof store = (core, job, account, change, beside) =>
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

export const report =
  (core: Core, status: Delivery['status'], more: Partial<Pick<Delivery, 'error' | 'externalId'>> = {}) =>
  (current: Delivery): Delivery =>
    advance(current, { status, at: core.clock.now(), ...more })

export const giveUp = (
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

export const leaveInDoubt = (core: Core, job: Job, account: string, message: string): Promise<unknown> =>
  store(core, job, account, report(core, 'uncertain', { error: { code: 'uncertain', message } }), {
    settle: settled(job.work),
    known: 'uncertain',
  })

/** Nothing of it has been handed over since it was taken up: whoever comes next begins where this one was. */
export const putBack = (
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

export const tryAgain = (core: Core, job: Job, account: string, reason: string, afterMs: number): Promise<unknown> => {
  const { attempts } = job
  if (attempts >= attemptsAtMost) return giveUp(core, job, account, 'expired', reason)
  const now = core.clock.now()
  const retryAt = now + pauseAfter(attempts, core.random(), afterMs)
  return store(core, job, account, (current) => requeued(current, now, reason), {
    settle: settled(job.work, retryAt),
    known: 'queued',
  })
}

/** Nothing is sent from its account for now: it waits, however long that is. */
export const waitForAccount = (core: Core, job: Job, account: string, until: number): Promise<unknown> =>
  store(core, job, account, (current) => requeued(current, core.clock.now(), 'nothing is sent from its account'), {
    settle: settled(job.work, until),
    known: 'queued',
  })
