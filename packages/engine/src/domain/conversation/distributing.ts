import { isWaiting } from './waiting.ts'
import type { Conversation } from './state.ts'

/** What an entry asks of whoever distributes. */
export type Distributing =
  /** Somebody begins to wait in this queue: who gets it is to be planned. */
  | { readonly _tag: 'Distribute'; readonly queue: string }
  /** This agent has room for another one. */
  | { readonly _tag: 'Freed'; readonly agent: string }
  /** The customer begins to wait for the agent who has it: she may have gone since. */
  | { readonly _tag: 'WaitsFor'; readonly agent: string; readonly queue: string }
  /** Whoever had it went away and left a customer waiting: the queue may want it given to the next, whoever chooses there. */
  | { readonly _tag: 'LeftBehind'; readonly queue: string }

/** Who has it in hand, or was asked to take it: what it takes of her room comes back when she is no longer among them. */
const takesRoomOf = (state: Conversation | undefined): ReadonlyArray<string> => {
  if (state === undefined || state.deleted || state.status !== 'open' || state.control !== 'team') return []
  return state.owner === null ? (state.offer?.agents ?? []) : [state.owner]
}

const nothing: ReadonlyArray<Distributing> = []

/** The customer begins to wait for somebody who has it already: she may have gone since. */
const beginsToWaitFor = (before: Conversation | undefined, { owner, waitingSince }: Conversation): string | null =>
  before !== undefined && before.owner === owner && before.waitingSince === null && waitingSince !== null ? owner : null

/** A conversation that begins to wait is distributed, and so may others be to whoever has room again. */
export const distributing = (before: Conversation | undefined, after: Conversation): ReadonlyArray<Distributing> => {
  const waits = isWaiting(after) && after.offer === null
  const waited = before !== undefined && before.queue === after.queue && isWaiting(before) && before.offer === null
  const had = takesRoomOf(before)
  if (had.length === 0 && (!waits || waited)) return nothing
  const has = takesRoomOf(after)
  const waitedFor = beginsToWaitFor(before, after)
  return [
    ...(waits && !waited ? [{ _tag: 'Distribute' as const, queue: after.queue }] : nothing),
    ...had.filter((agent) => !has.includes(agent)).map((agent) => ({ _tag: 'Freed' as const, agent })),
    ...(waitedFor === null ? nothing : [{ _tag: 'WaitsFor' as const, agent: waitedFor, queue: after.queue }]),
  ]
}
