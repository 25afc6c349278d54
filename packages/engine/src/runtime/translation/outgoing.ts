import { decodeAmendment } from '../../codec/amendment.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { OutboundMessage } from '../../domain/message/message.ts'
import { type Part, textOf } from '../../domain/message/part.ts'
import { type MessageWords, sameLanguage } from '../../domain/message/translated.ts'
import type { Timeline } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { recordWords } from './record-words.ts'

/** The language that a message is to leave in, or null when it leaves as it is. */
export const leavesIn = (state: Pick<Conversation, 'translation'>, said: OutboundMessage): string | null => {
  const customer = state.translation?.customer ?? null
  if (customer === null || said.author.kind !== 'agent' || sameLanguage(customer, state.translation?.team ?? '')) {
    return null
  }
  return customer
}

/** The same parts with these words in the place of what was written. */
export const inOtherWords = (parts: ReadonlyArray<Part>, text: string): ReadonlyArray<Part> => [
  { _tag: 'Text', text },
  ...parts.filter((part) => part._tag !== 'Text' && part._tag !== 'Html'),
]

const wordsIn = (page: Timeline, seq: number, language: string): MessageWords | undefined => {
  const row = page.amendments.find((one) => one.seq === seq)
  return row === undefined ? undefined : decodeAmendment(row.data).words?.find((one) => one.language === language)
}

/**
 * What is sent of a message that has to be translated. Asked once, in a few seconds; a translator that fails sends the
 * original, and says so beside it.
 */
export const translated = async (
  core: Core,
  workspace: string,
  state: Conversation,
  seq: number,
  said: OutboundMessage,
  parts: ReadonlyArray<Part>,
  page: Timeline,
): Promise<ReadonlyArray<Part>> => {
  const language = leavesIn(state, said)
  const text = textOf(parts)
  const translator = core.translations
  if (language === null || text.trim() === '' || translator?.canTranslate !== true) return parts
  const known = wordsIn(page, seq, language)
  if (known !== undefined) return known.text === null ? parts : inOtherWords(parts, known.text)
  const [answer] = await translator.translate([text], state.translation?.team ?? null, language)
  const words: MessageWords = {
    language,
    provider: translator.name,
    state: answer == null ? 'failed' : 'done',
    text: answer?.text ?? null,
  }
  await recordWords(core, workspace, state.id, seq, words, null)
  return words.text === null ? parts : inOtherWords(parts, words.text)
}
