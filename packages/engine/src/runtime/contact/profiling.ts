import type { StoredWork } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'

/** Whom a provider is asked about: no word about her, not even her address. */
export interface ProfileJob {
  readonly account: string
  readonly contact: string
  /** How often it was asked before. */
  readonly tried?: number
  /** How often it was found before that nothing can be asked for now. */
  readonly looked?: number
  /** Until its time it holds back nobody: it has a lane of its own, and lines up again afterwards. */
  readonly waits?: true
}

/** Of each account one after the other: a provider that is asked about everybody at once answers nobody. */
const laneOf = ({ account, contact, waits }: ProfileJob): string =>
  waits === true ? `${contact}/profile` : `${account}/profiles`

/** The work that asks; due in epoch milliseconds. */
export const profileWork = (core: Core, job: ProfileJob, due: number): StoredWork => ({
  id: core.ids.next(),
  kind: 'profile',
  lane: laneOf(job),
  due,
  key: null,
  payload: JSON.stringify(job),
})

/** What is to be asked of somebody who has just become known, where she has no name yet and her provider says whose it is. */
export const profilesToAsk = (
  core: Core,
  { account, channel }: Connected,
  known: { readonly identity: object | undefined; readonly contact: string },
  name: string | undefined,
): ReadonlyArray<StoredWork> => {
  const isNameless = name === undefined || name.trim() === ''
  if (channel.capabilities.profiles !== true || known.identity !== undefined || !isNameless) return []
  return [profileWork(core, { account: account.id, contact: known.contact }, core.clock.now())]
}
