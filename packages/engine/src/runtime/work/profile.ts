import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import { withProfile } from '../../domain/contact/profile.ts'
import type { Profile } from '../../ports/channel.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import { connectedOf } from '../accounts.ts'
import { type ProfileJob, profileWork } from '../contact/profiling.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'
import { waitsUntil } from './account-wait.ts'
import { pauseAfter } from './backoff.ts'
import { profileBy } from './call-channel.ts'
import { settle } from './settle.ts'

/** A name is worth so many questions: the pauses add up to about a quarter of an hour. */
const attemptsAtMost = 10

/** The address of who is still there and still has no name. */
const addressOf = async (
  core: Core,
  workspace: string,
  { account, contact }: ProfileJob,
): Promise<string | undefined> => {
  const [loaded, identities] = await Promise.all([
    core.storage.load({ ...noNeeds, documents: [{ workspace, kind: 'contact', id: contact }] }),
    core.storage.identitiesOf(workspace, [contact]),
  ])
  const stored = loaded.documents[0]
  const known = stored && decodeContact(stored)
  if (known === undefined || known.name !== null || known.mergedInto !== null) return undefined
  return identities.find((one) => one.account === account)?.address
}

/** What was learnt of who is still there, and the end of the work, in one commit. */
const learn = async (core: Core, work: ClaimedWork, contact: string, profile: Profile): Promise<void> => {
  const { workspace, id, attempts } = work
  await core.committer.submit({
    workspace,
    needs: { documents: [{ workspace, kind: 'contact', id: contact }] },
    decide: (view) => {
      const stored = view.document(workspace, 'contact', contact)
      const before = stored && decodeContact(stored)
      const after = before && withProfile(before, profile)
      const changed = stored !== undefined && after !== undefined && after !== before
      const documents = changed ? [encodeContact(after, stored.version + 1, linesOf(stored))] : []
      return { _tag: 'Decided', value: undefined, changes: { workspace, documents, settle: [{ id, attempts }] } }
    },
  })
}

/** Asks a provider who somebody is, once she has written without a name. */
export const askProfile = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { waits, ...job } = JSON.parse(work.payload) as ProfileJob
  const { workspace } = work
  const now = core.clock.now()
  if (waits === true) return void (await settle(core, work, profileWork(core, job, now)))
  const account = (await core.directory.of(workspace)).accounts.get(job.account)
  const to = account && connectedOf(core, workspace, account)
  const address = to && (await addressOf(core, workspace, job))
  if (to === undefined || address === undefined) return void (await settle(core, work))
  const putOff = (more: Partial<ProfileJob>, due: number): Promise<unknown> =>
    settle(core, work, profileWork(core, { ...job, ...more, waits: true }, due))
  const looked = (job.looked ?? 0) + 1
  const waitsFor = await waitsUntil(core, to, looked)
  if (waitsFor !== undefined) return void (await putOff({ looked }, waitsFor))
  if (core.closing.aborted) return void (await putOff({}, now))
  const tried = (job.tried ?? 0) + work.attempts
  const outcome = await profileBy(core, to, address)
  if (outcome._tag === 'Found') return learn(core, work, job.contact, outcome)
  if (outcome._tag === 'Unknown' || tried >= attemptsAtMost) return void (await settle(core, work))
  await putOff({ tried }, core.clock.now() + pauseAfter(tried, core.random(), outcome.afterMs))
}
