import { system } from '../../domain/actor.ts'
import { type ComingFile, type Fetched, comingIn } from '../../domain/message/fetched.ts'
import type { FetchOutcome } from '../../ports/channel.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import { connectedOf } from '../accounts.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import { type FetchJob, fetchWork } from '../fetching.ts'
import { digestOf } from '../ingest/files.ts'
import { readTimeline } from '../read/messages.ts'
import { attemptsAtMost, pauseAfter } from './backoff.ts'
import { fetchBy } from './call-channel.ts'
import { settle } from './settle.ts'

/**
 * How it stands with a file that was to be fetched. `elsewhere`: it has come, or was edited away, or its message has
 * gone to another conversation, where it brought work of its own. `erased`: nothing of it may be here.
 */
type Standing = ComingFile | 'elsewhere' | 'erased'

const standingOf = async (core: Core, workspace: string, job: FetchJob): Promise<Standing> => {
  const { conversation, seq, blob } = job
  const page = readTimeline(await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 }))
  const current = page.messages.find((one) => one.seq === seq)
  if (current === undefined || current.deleted) return 'erased'
  if (current.message.movedTo !== undefined) return 'elsewhere'
  return comingIn(current.parts).find((file) => file.blob === blob) ?? 'elsewhere'
}

const ask = async (core: Core, workspace: string, account: string, file: ComingFile): Promise<FetchOutcome> => {
  const setup = await core.directory.of(workspace)
  const to = setup.accounts.get(account)
  const connected = to && connectedOf(core, workspace, to)
  if (connected === undefined) return { _tag: 'Retry', reason: `the account ${account} is not connected` }
  const { name, mime, size, missing } = file
  const { remote, sha256 } = missing
  const outcome = await fetchBy(core, connected, {
    name,
    mime,
    remote,
    ...(size > 0 ? { size } : {}),
    ...(sha256 === undefined ? {} : { sha256 }),
  })
  if (outcome._tag !== 'Fetched' || sha256 === undefined) return outcome
  const same = (await digestOf(outcome.bytes)) === sha256.toLowerCase()
  return same ? outcome : { _tag: 'Retry', reason: 'the bytes are not those that were announced' }
}

/** Writes down what came of it; nothing is left of what was erased meanwhile. */
const conclude = async (core: Core, work: ClaimedWork, job: FetchJob, fetched: Fetched): Promise<unknown> => {
  const { workspace } = work
  const { conversation, seq, blob } = job
  const command = { _tag: 'RecordFile', message: seq, blob, fetched } as const
  const done = await execute(core, { workspace, conversation, actor: system, command })
  if (done._tag === 'Refused' && (await standingOf(core, workspace, job)) === 'erased') {
    await core.blobs.delete(workspace, blob)
  }
  return settle(core, work)
}

/**
 * Brings a file that its provider holds: its bytes are put before its message says that they are there, under a key that
 * was known from the start, so that whoever takes this up after a crash puts the same bytes in the same place.
 */
export const fetchFile = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { waits, ...job } = JSON.parse(work.payload) as FetchJob
  if (waits === true) return void (await settle(core, work, fetchWork(core, job, core.clock.now())))
  await core.fetching.enter(() => bring(core, work, job))
}

const bring = async (core: Core, work: ClaimedWork, job: FetchJob): Promise<void> => {
  const { workspace } = work
  // It waited until the engine closed: whoever comes next begins with it.
  if (core.closing.aborted) return void (await settle(core, work, fetchWork(core, job, core.clock.now())))
  const file = await standingOf(core, workspace, job)
  if (file === 'erased') await core.blobs.delete(workspace, job.blob)
  if (typeof file === 'string') return void (await settle(core, work))
  // Whoever took it up before and is not heard of any more has tried as well.
  const tried = (job.tried ?? 0) + work.attempts
  const outcome = await ask(core, workspace, job.account, file)
  switch (outcome._tag) {
    case 'Fetched': {
      const { bytes, mime = file.mime, name = file.name } = outcome
      await core.blobs.put(workspace, job.blob, bytes)
      return void (await conclude(core, work, job, { _tag: 'Arrived', size: bytes.byteLength, mime, name }))
    }
    case 'Gone':
      return void (await conclude(core, work, job, { _tag: 'Lost', reason: outcome.reason }))
    case 'Retry': {
      if (tried >= attemptsAtMost) {
        return void (await conclude(core, work, job, { _tag: 'Lost', reason: outcome.reason }))
      }
      const due = core.clock.now() + pauseAfter(tried, core.random(), outcome.afterMs)
      return void (await settle(core, work, fetchWork(core, { ...job, tried, waits: true }, due)))
    }
  }
}
