import { system } from '../../domain/actor.ts'
import type { MessageWords } from '../../domain/message/translated.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'

/** Writes down what came of a translation, in the journal and beside its message. A message that is gone needs none. */
export const recordWords = async (
  core: Core,
  workspace: string,
  conversation: string,
  message: number,
  words: MessageWords,
  detected: string | null,
): Promise<void> => {
  const { language, provider, state, text } = words
  await execute(core, {
    workspace,
    conversation,
    actor: system,
    command: {
      _tag: 'RecordTranslation',
      message,
      language,
      provider,
      state,
      text,
      ...(detected === null ? {} : { detected }),
    },
  })
}
