import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'

/** What came of fetching a file is the engine's to say, once, and only of a file that the message still has. */
export const recordFile = (
  { message, blob, fetched }: Extract<Command, { readonly _tag: 'RecordFile' }>,
  { actor, target }: Facts,
): Verdict => {
  if (actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'fetch' })
  if (target === undefined || target.deleted) return refuse({ _tag: 'UnknownMessage', message })
  const file = target.files.find((one) => one.blob === blob)
  if (file?.missing?._tag !== 'Coming') return nothingToDo
  if (fetched._tag === 'Lost') return happens({ _tag: 'FileLost', message, blob, reason: fetched.reason })
  const { size, mime } = fetched
  return happens({ _tag: 'FileArrived', message, blob, size, mime })
}
