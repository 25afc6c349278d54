import type { Conversation, TranslationState } from '../../domain/conversation/state.ts'
import { sameLanguage } from '../../domain/message/translated.ts'
import { textOf } from '../../domain/message/part.ts'
import { allWordsOf } from '../../domain/message/written-out.ts'
import type { Core } from '../core.ts'
import type { CurrentMessage } from '../read/messages.ts'
import { contactsOf } from '../read/viewer.ts'

/** How a conversation is translated now: not as spam, and not by an engine without a translator. */
export const translationOf = (
  { translations }: Pick<Core, 'translations'>,
  { translation, status, deleted }: Pick<Conversation, 'translation' | 'status' | 'deleted'>,
): TranslationState | null =>
  translations?.canTranslate === true && status !== 'spam' && !deleted ? translation : null

/** Whether the team reads this in its own language, once somebody has said how. */
export const isForTheTeam = (current: CurrentMessage, { team, from }: TranslationState): boolean => {
  const { seq, message, deleted, parts, language } = current
  return (
    seq >= from &&
    message.direction === 'in' &&
    message.automatic === undefined &&
    message.movedTo === undefined &&
    !deleted &&
    !(language !== null && sameLanguage(language, team)) &&
    allWordsOf(parts).trim() !== ''
  )
}

/** Whether nobody has said yet what it is in the team's language. */
export const awaitsWords = (current: CurrentMessage, translation: TranslationState): boolean =>
  isForTheTeam(current, translation) && !current.words.some(({ language }) => language === translation.team)

/**
 * The language in which agents' messages leave, or null when they leave as they are. Before the customer has written,
 * it is the one that is known of her.
 */
export const leavingLanguage = async (core: Core, workspace: string, state: Conversation): Promise<string | null> => {
  const translation = translationOf(core, state)
  if (translation === null) return null
  const customer =
    translation.customer ?? (await contactsOf(core, workspace, [state.contact])).get(state.contact)?.language ?? null
  return customer === null || sameLanguage(customer, translation.team) ? null : customer
}

/** Whether a message leaves in another language; bots speak the customer's themselves. */
export const leavesTranslated = ({ message, parts }: Pick<CurrentMessage, 'message' | 'parts'>): boolean =>
  message.direction === 'out' && message.author.kind === 'agent' && textOf(parts).trim() !== ''
