import { decodeEntry } from '../../codec/entry.ts'
import { system } from '../../domain/actor.ts'
import { sendKey } from '../../domain/message/send-key.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import { type Connected, connectedOf } from '../accounts.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import type { Execution } from '../execution.ts'
import { unparkFor } from '../ingest.ts'
import { heedRefusal } from '../refusals.ts'
import { control } from '../signals/control.ts'
import { reaction } from '../signals/reaction.ts'
import { type Told, sendSignal } from '../signals/send.ts'
import type { Standing, Telling } from '../signals/telling.ts'
import { type SignalJob, signalWork } from '../signals/work.ts'
import { lookAgainAt, waitsUntil } from './account-wait.ts'
import { attemptsAtMost, pauseAfter } from './backoff.ts'
import { settle } from './settle.ts'

const tellingOf = async (core: Core, workspace: string, job: SignalJob): Promise<Telling | undefined> => {
  const { conversation, seq } = job
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const entry = page.entries[0] && decodeEntry(page.entries[0])
  if (entry?.seq !== seq) return undefined
  const { what, actor } = entry
  switch (what._tag) {
    case 'Reacted':
      return reaction(core, workspace, { conversation, seq }, what, actor)
    case 'ControlAsked':
      return control(core, workspace, conversation, what)
    default:
      return undefined
  }
}

/** Ends the work in one commit with what the journal says of it. */
const conclude = async (
  core: Core,
  work: ClaimedWork,
  conversation: string,
  command: Execution['command'],
): Promise<void> => {
  const end = { id: work.id, attempts: work.attempts }
  await execute(core, { workspace: work.workspace, conversation, actor: system, command, settle: () => end })
}

/** It comes again later; until then it is in nobody's way. */
const putOff = (core: Core, work: ClaimedWork, job: SignalJob, due: number): Promise<unknown> =>
  settle(core, work, signalWork(core, { ...job, waits: true }, due))

/** What the provider reports by these ids is of this, and of no message; what it has reported already is heard now. */
const remember = async (
  core: Core,
  to: Connected,
  { conversation, seq }: SignalJob,
  externalIds: ReadonlyArray<string>,
): Promise<void> => {
  const { workspace, account } = to
  if (externalIds.length === 0) return
  await core.committer.submit({
    workspace,
    needs: { externals: externalIds.map((externalId) => ({ workspace, account: account.id, externalId })) },
    decide: (view) => {
      const news = externalIds.filter((externalId) => view.external(workspace, account.id, externalId) === undefined)
      const at = core.clock.now()
      const externals = news.map((externalId) => ({ account: account.id, externalId, conversation, seq, at }))
      return { _tag: 'Decided', value: undefined, changes: { workspace, externals } }
    },
  })
  for (const externalId of externalIds) await unparkFor(core, to, externalId)
}

const connected = async (
  core: Core,
  workspace: string,
  { state, signal }: Extract<Standing, { readonly _tag: 'ToTell' }>,
): Promise<Connected | undefined> => {
  const account = (await core.directory.of(workspace)).accounts.get(state.account)
  const to = account && connectedOf(core, workspace, account)
  return to?.channel.capabilities.signals?.includes(signal._tag) === true ? to : undefined
}

/**
 * Tells a provider what was asked for beside messages: looked at once more just before it leaves, tried again as often as
 * a message, and what cannot be told is written down where it was asked for.
 */
export const signal = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { waits, ...job } = JSON.parse(work.payload) as SignalJob
  const { workspace } = work
  const now = core.clock.now()
  if (waits === true) return void (await settle(core, work, signalWork(core, job, now)))
  const telling = await tellingOf(core, workspace, job)
  const standing = (await telling?.standing()) ?? { _tag: 'Nothing' }
  if (telling === undefined || standing._tag === 'Nothing') return void (await settle(core, work))
  const fail = (code: string, message: string): Promise<void> =>
    conclude(core, work, standing.conversation, telling.failed({ code, message }, standing))
  const looked = (job.looked ?? 0) + 1
  if (standing._tag === 'Failed') return fail(standing.code, standing.reason)
  if (standing._tag === 'Later') {
    return void (await putOff(core, work, { ...job, looked }, lookAgainAt(core, looked)))
  }
  const to = await connected(core, workspace, standing)
  if (to === undefined) return fail('noChannel', 'its account or channel is not there any more, or does not tell this')
  const waitsFor = await waitsUntil(core, to, looked)
  if (waitsFor !== undefined) return void (await putOff(core, work, { ...job, looked }, waitsFor))
  if (core.closing.aborted) return void (await putOff(core, work, job, now))
  const told: Told = await sendSignal(core, to, standing.signal, (piece) =>
    sendKey({ workspace, conversation: job.conversation, seq: job.seq, piece }),
  )
  switch (told._tag) {
    case 'Told':
      await remember(core, to, job, told.externalIds)
      return telling.done === undefined
        ? void (await settle(core, work))
        : conclude(core, work, standing.conversation, telling.done)
    case 'Stopped':
      return void (await putOff(core, work, { ...job, looked }, lookAgainAt(core, looked)))
    case 'Rejected': {
      const { code, reason: message, because } = told
      await fail(code, message)
      if (because === undefined) return
      const { conversation, state } = standing
      const refused = { conversation, address: state.address, parts: [], leftAt: now }
      return heedRefusal(core, to, refused, { because, code, message })
    }
    case 'Again': {
      // Whoever took it up before and is not heard of any more has tried as well.
      const tried = (job.tried ?? 0) + work.attempts
      if (tried >= attemptsAtMost) return fail('expired', told.reason)
      const due = core.clock.now() + pauseAfter(tried, core.random(), told.afterMs)
      return void (await putOff(core, work, { ...job, tried }, due))
    }
  }
}
