import type { Conversation } from '../../domain/conversation/state.ts'
import { type Part, textOf } from '../../domain/message/part.ts'
import { type MessageWords, sameLanguage } from '../../domain/message/translated.ts'
import type { Core } from '../core.ts'
import type { CurrentMessage } from '../read/messages.ts'
import { leavesTranslated, leavingLanguage } from './awaited.ts'
import { recordWords } from './record-words.ts'
import { type Translations, translatorDeadlineMs } from './translations.ts'

/** The same parts with these words in the place of what was written. */
export const inOtherWords = (parts: ReadonlyArray<Part>, text: string): ReadonlyArray<Part> => [
  { _tag: 'Text', text },
  ...parts.filter((part) => part._tag !== 'Text' && part._tag !== 'Html'),
]

/** Asked once, in a few seconds. What is in that language already, and what fails, needs no other words. */
const say = async (
  core: Core,
  translator: Translations,
  team: string,
  language: string,
  text: string,
  longest: number,
): Promise<MessageWords> => {
  const until = core.clock.now() + translatorDeadlineMs
  const [written] = await translator.detect([text], until)
  const words = { language, provider: translator.name, text: null }
  if (written != null && sameLanguage(written, language)) return { ...words, state: 'done' }
  const [answer] = await translator.translate({ texts: [text], from: written ?? team, to: language }, until)
  return answer == null || answer.text.length > longest
    ? { ...words, state: 'failed' }
    : { ...words, state: 'done', text: answer.text }
}

/**
 * What is sent of a message: its parts, in the customer's language where that is asked for. `changed`: it was edited or
 * taken away meanwhile. `closing`: the engine is, and nothing was found out.
 */
export type Outgoing = ReadonlyArray<Part> | 'changed' | 'closing'

/**
 * Puts a message into the language in which it leaves, and writes that down before it does: what was translated once is
 * not translated again. A translator that fails sends the original, and says so beside it.
 */
export const translated = async (
  core: Core,
  workspace: string,
  state: Conversation,
  current: CurrentMessage,
): Promise<Outgoing> => {
  const { parts } = current
  const translator = core.translations
  const team = state.translation?.team
  if (translator === undefined || team === undefined || !leavesTranslated(current)) return parts
  const language = await leavingLanguage(core, workspace, state)
  if (language === null) return parts
  const known = current.words.find((one) => one.language === language)
  if (known !== undefined) return known.text === null ? parts : inOtherWords(parts, known.text)
  const longest = core.channels.get(state.channel)?.capabilities.maxTextLength ?? Number.POSITIVE_INFINITY
  const words = await say(core, translator, team, language, textOf(parts), longest)
  if (core.closing.aborted && words.state === 'failed') return 'closing'
  if (!(await recordWords(core, workspace, state.id, current, words, null))) return 'changed'
  return words.text === null ? parts : inOtherWords(parts, words.text)
}
