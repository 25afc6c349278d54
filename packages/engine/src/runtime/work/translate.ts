import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import { decodeConversation } from '../../codec/conversation.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { type MessageWords, sameLanguage } from '../../domain/message/translated.ts'
import { allWordsOf } from '../../domain/message/written-out.ts'
import type { ClaimedWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { type CurrentMessage, readTimeline } from '../read/messages.ts'
import { recordWords } from '../translation/record-words.ts'
import type { Translations } from '../translation/translations.ts'
import { noNeeds } from '../view.ts'

/** How far back a conversation is read in the team's language when it is turned on. */
const newestMessages = 20

/** What the customer wrote and nobody has put into this language yet; what failed is tried again with the rest. */
const untold = (messages: ReadonlyArray<CurrentMessage>, to: string): ReadonlyArray<CurrentMessage> =>
  messages.filter(
    ({ message, deleted, parts, words, language }) =>
      message.direction === 'in' &&
      message.automatic === undefined &&
      message.movedTo === undefined &&
      !deleted &&
      !(language !== null && sameLanguage(language, to)) &&
      !words.some((one) => one.language === to && one.state === 'done') &&
      allWordsOf(parts).trim() !== '',
  )

/** Texts of one language go together: a translator that is told what it reads makes fewer mistakes. */
const byLanguage = (languages: ReadonlyArray<string | null>): ReadonlyMap<string | null, ReadonlyArray<number>> => {
  const groups = new Map<string | null, Array<number>>()
  languages.forEach((language, index) => {
    const group = groups.get(language)
    if (group === undefined) groups.set(language, [index])
    else group.push(index)
  })
  return groups
}

const tellAll = async (
  core: Core,
  translator: Translations,
  workspace: string,
  state: Conversation,
  messages: ReadonlyArray<CurrentMessage>,
  to: string,
): Promise<string | null> => {
  const texts = messages.map(({ parts }) => allWordsOf(parts))
  const languages = await translator.detect(texts)
  let heard: string | null = null
  for (const [language, group] of byLanguage(languages)) {
    const same = language !== null && sameLanguage(language, to)
    const answers = same
      ? group.map(() => null)
      : await translator.translate(
          group.map((index) => texts[index] ?? ''),
          language,
          to,
        )
    for (const [at, index] of group.entries()) {
      const message = messages[index]
      if (message === undefined) continue
      const answer = answers[at] ?? null
      const detected = language ?? answer?.from ?? null
      const words: MessageWords = {
        language: to,
        provider: translator.name,
        state: same || answer !== null ? 'done' : 'failed',
        // What is in that language already needs no other words.
        text: answer?.text ?? null,
      }
      if (words.state === 'failed' && message.words.some((one) => one.language === to)) continue
      await recordWords(core, workspace, state.id, message.seq, words, detected)
      heard = detected ?? heard
    }
  }
  return heard
}

/** The language that somebody writes in is known of her from then on, unless somebody has said otherwise. */
const learn = async (core: Core, workspace: string, contact: string, language: string): Promise<void> => {
  await core.committer.submit({
    needs: { documents: [{ workspace, kind: 'contact', id: contact }] },
    decide: (view) => {
      const stored = view.document(workspace, 'contact', contact)
      const known = stored === undefined || stored.data === null ? undefined : decodeContact(stored)
      if (stored === undefined || known === undefined || known.language !== null) {
        return { _tag: 'Decided', value: undefined, changes: { workspace } }
      }
      const documents = [encodeContact({ ...known, language }, stored.version + 1, linesOf(stored))]
      return { _tag: 'Decided', value: undefined, changes: { workspace, documents } }
    },
  })
}

/** Puts what customers have written into the team's language, all that is still to be put, in one batch. */
export const translate = async (core: Core, work: ClaimedWork): Promise<void> => {
  const { conversation } = JSON.parse(work.payload) as { readonly conversation: string }
  const { workspace } = work
  const [loaded, page] = await Promise.all([
    core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] }),
    core.storage.timeline({ workspace, conversation, kinds: ['in'], limit: newestMessages }),
  ])
  const row = loaded.conversations[0]
  const state = row && decodeConversation(row)
  const translator = core.translations
  const to = state?.translation?.team
  if (state !== undefined && !state.deleted && to !== undefined && translator?.canTranslate === true) {
    const messages = untold(readTimeline(page).messages, to)
    const heard = await tellAll(core, translator, workspace, state, messages, to)
    if (heard !== null) await learn(core, workspace, state.contact, heard)
  }
  await core.committer.submit({
    needs: {},
    decide: () => ({
      _tag: 'Decided',
      value: undefined,
      changes: { workspace, settle: [{ id: work.id, attempts: work.attempts }] },
    }),
  })
}
