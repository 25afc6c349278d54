import { system } from '../../domain/actor.ts'
import type { MessageWords } from '../../domain/message/translated.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import type { CurrentMessage } from '../read/messages.ts'

/**
 * Writes down what came of a translation, in the journal and beside its message. False when the message is gone, or
 * says something else by now.
 */
export const recordWords = async (
  core: Core,
  workspace: string,
  conversation: string,
  { seq, edits }: Pick<CurrentMessage, 'seq' | 'edits'>,
  words: MessageWords,
  detected: string | null,
): Promise<boolean> => {
  const { language, provider, state, text } = words
  const done = await execute(core, {
    workspace,
    conversation,
    actor: system,
    command: {
      _tag: 'RecordTranslation',
      message: seq,
      language,
      provider,
      state,
      text,
      edits,
      ...(detected === null ? {} : { detected }),
    },
  })
  return done._tag === 'Done'
}
