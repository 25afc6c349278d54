import { decodeContact, encodeContact, linesOf } from '../../codec/contact.ts'
import { decodeConversation } from '../../codec/conversation.ts'
import type { Conversation, TranslationState } from '../../domain/conversation/state.ts'
import { type MessageWords, sameLanguage } from '../../domain/message/translated.ts'
import { allWordsOf } from '../../domain/message/written-out.ts'
import type { ClaimedWork, StoredWork } from '../../ports/storage.ts'
import type { Core } from '../core.ts'
import { type CurrentMessage, readTimeline } from '../read/messages.ts'
import { contactsOf } from '../read/viewer.ts'
import { isForTheTeam, translationOf } from '../translation/awaited.ts'
import { translated } from '../translation/outgoing.ts'
import { recordWords } from '../translation/record-words.ts'
import type { Translations } from '../translation/translations.ts'
import { noNeeds } from '../view.ts'
import { write } from '../write.ts'

/** What is asked for: one message, or all from one on. */
interface Job {
  readonly conversation: string
  readonly message: number | null
  /** Where the last stretch of all of them ended. */
  readonly after?: number
}

/** So many messages are looked at in one go. */
const translatedAtOnce = 20

/** All of one go, well within the lease of its work, in milliseconds. */
const budgetMs = 60_000

/** Nobody has put it into this language yet; what failed is tried again when there is something to do anyway. */
const isUntold = (current: CurrentMessage, translation: TranslationState): boolean =>
  isForTheTeam(current, translation) &&
  !current.words.some(({ language, state }) => language === translation.team && state === 'done')

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

/** What was found out about one message. */
interface Told {
  readonly message: CurrentMessage
  readonly words: MessageWords
  readonly detected: string | null
}

const tellAll = async (
  core: Core,
  translator: Translations,
  messages: ReadonlyArray<CurrentMessage>,
  to: string,
): Promise<ReadonlyArray<Told>> => {
  const until = core.clock.now() + budgetMs
  const texts = messages.map(({ parts }) => allWordsOf(parts))
  const languages = await translator.detect(texts, until)
  const told: Array<Told> = []
  for (const [from, group] of byLanguage(languages)) {
    const same = from !== null && sameLanguage(from, to)
    const asked = same ? [] : group.map((index) => texts[index] ?? '')
    const answers = await translator.translate({ texts: asked, from, to }, until)
    group.forEach((index, at) => {
      const message = messages[index]
      if (message === undefined) return
      const answer = answers[at] ?? null
      // Who can detect and could not tell has only guessed what it translated from.
      const guessed = answer === null || answer.from === 'und' ? null : answer.from
      const detected = from ?? (translator.canDetect ? null : guessed)
      const asItIs = same || (answer !== null && sameLanguage(answer.from, to))
      const state = asItIs || answer !== null ? 'done' : 'failed'
      const text = asItIs ? null : (answer?.text ?? null)
      told.push({ message, words: { language: to, provider: translator.name, state, text }, detected })
    })
  }
  return told.sort((a, b) => a.message.seq - b.message.seq)
}

/** The language that somebody writes in is known of her from then on, unless it was known before. */
const learn = async (core: Core, workspace: string, author: string, language: string): Promise<void> => {
  const root = (await contactsOf(core, workspace, [author])).get(author)
  if (root === undefined || root.language !== null) return
  const contact = root.id
  await core.committer.submit({
    workspace,
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

/** Puts what customers have written into the team's language, in one batch. */
const tellTheTeam = async (
  core: Core,
  workspace: string,
  state: Conversation,
  translation: TranslationState,
  messages: ReadonlyArray<CurrentMessage>,
): Promise<void> => {
  const untold = messages.filter((one) => isUntold(one, translation))
  if (core.translations === undefined || untold.length === 0) return
  for (const { message, words, detected } of await tellAll(core, core.translations, untold, translation.team)) {
    const failedAgain = words.state === 'failed' && message.words.some((one) => one.language === words.language)
    // An engine that closes has not failed: whoever comes next asks again.
    if (failedAgain || (words.state === 'failed' && core.closing.aborted)) continue
    await recordWords(core, workspace, state.id, message, words, detected)
    const { author } = message.message
    if (detected !== null && author.kind === 'contact') await learn(core, workspace, author.id, detected)
  }
}

const messagesFor = async (
  core: Core,
  workspace: string,
  { conversation, message, after }: Job,
  { from }: TranslationState,
): Promise<ReadonlyArray<CurrentMessage>> => {
  const read = async (place: { readonly after?: number; readonly limit: number; readonly kinds?: readonly ['in'] }) =>
    readTimeline(await core.storage.timeline({ workspace, conversation, ...place })).messages
  if (message === null) return read({ kinds: ['in'], after: after ?? from - 1, limit: translatedAtOnce })
  // What others wait for, or has failed, goes along.
  const newest = await read({ kinds: ['in'], limit: translatedAtOnce })
  return newest.some(({ seq }) => seq === message)
    ? newest
    : (await read({ after: message - 1, limit: 1 })).filter(({ seq }) => seq === message)
}

/** What is still to be looked at, as work of its own: no go is longer than a lease. */
const rest = (core: Core, job: Job, messages: ReadonlyArray<CurrentMessage>): ReadonlyArray<StoredWork> => {
  if (job.message !== null || messages.length < translatedAtOnce) return []
  const after = Math.max(...messages.map(({ seq }) => seq))
  const payload = JSON.stringify({ ...job, after } satisfies Job)
  return [{ id: core.ids.next(), kind: 'translate', lane: job.conversation, due: core.clock.now(), key: null, payload }]
}

/** What was written is put into the team's language, and what was changed after it had left into the customer's. */
export const translate = async (core: Core, work: ClaimedWork): Promise<void> => {
  const job = JSON.parse(work.payload) as Job
  const { workspace } = work
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: job.conversation }] })
  const row = loaded.conversations[0]
  const state = row && decodeConversation(row)
  const translation = state && translationOf(core, state)
  const messages = translation == null ? [] : await messagesFor(core, workspace, job, translation)
  if (state !== undefined && translation != null) {
    await tellTheTeam(core, workspace, state, translation, messages)
    const own = messages.find(({ seq }) => seq === job.message)
    if (own?.message.direction === 'out' && own.edited && !own.deleted) await translated(core, workspace, state, own)
  }
  const again = core.closing.aborted ? { retryAt: core.clock.now() } : undefined
  await write(core, workspace, () => ({
    settle: [{ id: work.id, attempts: work.attempts, ...again }],
    ...(again === undefined ? { work: rest(core, job, messages) } : {}),
  }))
}
