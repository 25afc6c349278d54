import type { Command } from '../domain/conversation/command.ts'
import { readByAuthor } from '../runtime/discuss.ts'
import type { Running } from '../runtime/engine.ts'
import { type Executed, execute } from '../runtime/execute.ts'
import type { Execution } from '../runtime/execution.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import { abortable, amiss, asEngineError, given } from './refusing.ts'
import type { CommandOptions, Done, Outcome } from './types.ts'

/** What can be asked for about a conversation that is there. */
export type Asked = Exclude<Command, { readonly _tag: 'Receive' | 'Echo' | 'Start' | 'Discuss' }>

export const outcomeOf = (done: Executed): Outcome<Done> => {
  if (done._tag === 'Refused') return { ok: false, refusal: done.refusal }
  const { conversation, entry, position } = done
  return { ok: true, value: { conversation, entry, position } }
}

/** Runs commands for one agent, with the options that every command takes. */
export const runnerFor =
  ({ core, closing }: Running, viewer: Viewer) =>
  (id: string, command: Asked, asked: CommandOptions | undefined): Promise<Outcome<Done>> => {
    const options = given(asked)
    const { expectedVersion, idempotencyKey, signal } = options
    const refusal = amiss(options)
    if (refusal !== null) return Promise.resolve({ ok: false, refusal })
    const execution: Execution = {
      workspace: viewer.workspace,
      conversation: id,
      actor: { kind: 'agent', id: viewer.agent },
      command,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    }
    return abortable(
      signal,
      asEngineError(closing, async () => {
        const done = await execute(core, execution)
        if (done._tag === 'Done' && done.entry !== null) {
          await readByAuthor(core, viewer.workspace, viewer.agent, done.conversation, done.entry)
        }
        return outcomeOf(done)
      }),
    )
  }
