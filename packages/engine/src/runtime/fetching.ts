import type { StoredWork } from '../ports/storage.ts'
import type { Core } from './core.ts'

/** What has to be known to fetch a file: no word of whoever sent it. */
export interface FetchJob {
  readonly conversation: string
  readonly seq: number
  readonly blob: string
  readonly account: string
  /** How often it was tried before. */
  readonly tried?: number
  /** Until its time it holds back nobody: it has a lane of its own, and lines up again afterwards. */
  readonly waits?: true
}

/** So many files are fetched by way of one account at a time: none waits behind all others, and none takes all room. */
const lanesOfAccount = 4

const laneOf = ({ account, blob, waits }: FetchJob): string =>
  waits === true ? blob : `${account}/${Number.parseInt(blob.slice(0, 8), 16) % lanesOfAccount}`

/** The work that fetches a file; due in epoch milliseconds. */
export const fetchWork = (core: Core, job: FetchJob, due: number): StoredWork => ({
  id: core.ids.next(),
  kind: 'fetch',
  lane: laneOf(job),
  due,
  key: null,
  payload: JSON.stringify(job),
})
