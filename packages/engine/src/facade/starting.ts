import type { Running } from '../runtime/engine.ts'
import type { Viewer } from '../runtime/read/viewer.ts'
import { startConversation } from '../runtime/start.ts'
import { abortable, amiss, asEngineError, given } from './refusing.ts'
import { hasFiles } from './commands.ts'
import { outcomeOf } from './run-command.ts'
import type { Conversations } from './types.ts'
import { write } from './writing.ts'

/** Beginning a conversation, as a method. */
export const startingFor = ({ core, closing }: Running, viewer: Viewer): Pick<Conversations, 'start'> => ({
  start: (asked) => {
    const options = given(asked)
    const refusal = amiss(options)
    if (refusal !== null) return Promise.resolve({ ok: false, refusal })
    const { account, to, subject, cc, replyTo, idempotencyKey, signal } = options
    return abortable(
      signal,
      asEngineError(closing, async () => {
        const written = await write(core, viewer.workspace, options)
        const outcome = outcomeOf(
          await startConversation(core, {
            ...viewer,
            account,
            to,
            command: {
              _tag: 'Start',
              parts: written.parts,
              ...(subject === undefined ? {} : { subject }),
              ...(cc === undefined ? {} : { cc }),
              ...(replyTo === undefined ? {} : { replyTo }),
            },
            ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
          }),
        )
        // A repeated answer is the first one, with the files of the first.
        if (!outcome.ok || !hasFiles(outcome.value.entry, written.parts)) await written.discard()
        return outcome
      }),
    )
  },
})
