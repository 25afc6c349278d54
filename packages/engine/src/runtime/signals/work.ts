import type { StoredWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'

/** What a provider is to be told: what the entry with this seq says of a message, or of the whole conversation. */
export interface SignalJob {
  readonly conversation: string
  readonly seq: number
  readonly message: number | null
  /** How often it was offered to its channel before. */
  readonly tried?: number
  /** How often it was found before that its time has not come. */
  readonly looked?: number
  /** Until its time it holds back nothing newer: it has a lane of its own, and lines up again afterwards. */
  readonly waits?: true
}

/** What is said of one message leaves one after the other. */
const laneOf = ({ conversation, seq, message, waits }: SignalJob): string =>
  waits === true ? `${conversation}/signal/${seq}` : `${conversation}/signals/${message ?? 'control'}`

/** The work that tells it; due in epoch milliseconds. */
export const signalWork = (core: Core, job: SignalJob, due: number): StoredWork => ({
  id: core.ids.next(),
  kind: 'signal',
  lane: laneOf(job),
  due,
  key: null,
  payload: JSON.stringify(job),
})
