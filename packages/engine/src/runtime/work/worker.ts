import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { isContended } from '../error.ts'
import { type WorkKind, workKinds } from '../record.ts'
import { erase } from '../contact/erasing.ts'
import { attemptsAtMost, leaseMs, pauseAfter } from './backoff.ts'
import { runBot } from './bot.ts'
import { deliver } from './deliver.ts'
import { distribute } from './distribute.ts'
import { fetchFile } from './fetch.ts'
import { hearEcho } from './echo.ts'
import { forget } from './forget.ts'
import { completeHandover } from './handover.ts'
import { holdOn } from './holding.ts'
import { send } from './send.ts'
import { signal } from './signal.ts'
import { endOffer } from './offer.ts'
import { seePresence } from './presence.ts'
import { askProfile } from './profile.ts'
import { reassign } from './reassign.ts'
import { retag } from './retag.ts'
import { retain } from './retain.ts'
import { missPromise } from './sla.ts'
import { translate } from './translate.ts'
import { wake } from './wake.ts'
import { remindOfWindow } from './window.ts'
import { write } from '../write.ts'

/** A claim this large already costs an item almost nothing. */
const claimAtMost = 50
/** Work under way in this process at any time; each piece is of another lane. */
const atOnce = 200
/** So much more may wait for the translator: who waits there must not hold back those who do not. */
const translatedAtOnce = 2_000
/** Where other engines work too, what one of them has left behind is found within so long, in milliseconds. */
const lookAgainMs = 60_000
/** However long the store has been down, it is asked again within so long, in milliseconds: what waits there is overdue. */
const storeAgainMs = 30_000

const handlers: Readonly<Record<WorkKind, (core: Core, work: ClaimedWork) => Promise<void>>> = {
  deliver,
  wake,
  forget,
  erase,
  handover: completeHandover,
  bot: runBot,
  sla: missPromise,
  window: remindOfWindow,
  retain,
  offer: endOffer,
  distribute,
  reassign,
  presence: seePresence,
  retag,
  send,
  translate,
  fetch: fetchFile,
  echo: hearEcho,
  signal,
  profile: askProfile,
}

/** Work whose handler failed for a reason of ours is tried again later; it is never dropped. */
const postpone = async (core: Core, work: ClaimedWork): Promise<void> => {
  const attempts = Math.min(work.attempts, attemptsAtMost)
  const retryAt = core.clock.now() + pauseAfter(attempts, core.random())
  await write(core, work.workspace, () => ({ settle: [{ id: work.id, attempts: work.attempts, retryAt }] }))
}

const withoutFiles = workKinds.filter((kind) => kind !== 'fetch')

const isKind = (kind: string): kind is WorkKind => (workKinds as ReadonlyArray<string>).includes(kind)

const perform = async (core: Core, work: ClaimedWork): Promise<void> => {
  if (!isKind(work.kind)) return
  try {
    await handlers[work.kind](core, work)
  } catch (error) {
    // Others have taken it up since, as after a machine slept; or they will, when the lease ends.
    if (isContended(error)) return
    core.report(`work ${work.kind}`, error)
    // When even this fails the store is down: the lease ends and the work is claimed again. Unless what nobody has heard
    // of was done all the same: then there is nothing left to put off.
    await postpone(core, work).catch((failure: unknown) => {
      if (!isContended(failure)) core.report(`work ${work.kind}`, failure)
    })
  }
}

export interface Worker {
  /** Resolves when nothing is due and nothing is under way any more. */
  readonly drain: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * Works off what is due, sleeps until the next thing is, and is woken by commits that add work. A slow piece of work
 * holds back its own lane and no other. While the store is down it asks again with growing pauses.
 */
export const startWorker = (core: Core): Worker => {
  const underWay = new Set<Promise<void>>()
  let stopped = false
  let claiming: Promise<void> | undefined
  let asked = false
  let failures = 0
  let cancelTimer = (): void => undefined

  const busy = (): number => underWay.size - Math.min(core.translations?.waiting() ?? 0, translatedAtOnce)

  const begin = (work: ClaimedWork): void => {
    const letGo = holdOn(core, work)
    const doing: Promise<void> = perform(core, work).finally(() => {
      letGo()
      underWay.delete(doing)
      kick()
    })
    underWay.add(doing)
  }

  /** What would only wait in the hands of this engine stays where others find it. */
  const kindsNow = (): ReadonlyArray<WorkKind> => (core.fetching.isFull() ? withoutFiles : workKinds)

  const claim = async (): Promise<void> => {
    while (asked && !stopped) {
      asked = false
      const limit = Math.min(claimAtMost, atOnce - busy())
      if (limit <= 0) break
      const claimed = await core.storage.claim({ kinds: kindsNow(), now: core.clock.now(), leaseMs, limit })
      for (const work of claimed) begin(work)
      asked ||= claimed.length === limit
    }
    failures = 0
    cancelTimer()
    // With both hands full nothing is looked for: what is finished first asks again.
    if (busy() >= atOnce) return
    const due = stopped ? undefined : await core.storage.nextDue(kindsNow())
    cancelTimer()
    if (stopped) return
    const now = core.clock.now()
    const next = Math.min(due ?? Infinity, core.storage.watch === undefined ? Infinity : now + lookAgainMs)
    if (next < Infinity) cancelTimer = core.clock.at(Math.max(next, now + 1), kick)
  }

  const kick = (): void => {
    asked = true
    if (stopped || claiming !== undefined) return
    claiming = claim()
      .catch((error: unknown) => {
        failures += 1
        asked = false
        core.report('work', error)
        cancelTimer()
        const pause = Math.min(pauseAfter(failures, core.random()), storeAgainMs)
        cancelTimer = core.clock.at(core.clock.now() + pause, kick)
      })
      .finally(() => {
        claiming = undefined
        if (asked) kick()
      })
  }

  const unsubscribe = core.bus.on('work', kick)
  core.translations?.onWaiting(() => {
    // Only where it had stopped looking for work.
    if (underWay.size >= atOnce) kick()
  })
  kick()

  const quiet = async (): Promise<void> => {
    while (claiming !== undefined || underWay.size > 0) await Promise.all([claiming, ...underWay])
  }

  return {
    drain: () => {
      kick()
      return quiet()
    },
    stop: async () => {
      stopped = true
      unsubscribe()
      cancelTimer()
      await quiet()
    },
  }
}
