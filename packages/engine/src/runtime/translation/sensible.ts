import { isLanguageTag } from '../../domain/message/translated.ts'
import type { Translation } from '../../ports/translator.ts'

/* What a translator answers is not believed before it has been looked at. */

/** No language needs more than so many times the characters of another, and a few. */
const longest = (text: string): number => 20 * text.length + 1_000

const listed = (answers: unknown, count: number): ReadonlyArray<unknown> => {
  if (Array.isArray(answers) && answers.length === count) return answers
  throw new Error(`it did not answer with a list of ${count}, one for each text`)
}

export const sensibleLanguages = (answers: unknown, count: number): ReadonlyArray<string | null> =>
  listed(answers, count).map((answer) => {
    if (answer === null || isLanguageTag(answer)) return answer
    throw new Error('it named a language that is none')
  })

export const sensibleTranslations = (answers: unknown, texts: ReadonlyArray<string>): ReadonlyArray<Translation> =>
  listed(answers, texts.length).map((answer, index) => {
    const { text, from } = (answer ?? {}) as Partial<Record<'text' | 'from', unknown>>
    if (typeof text !== 'string' || text.trim() === '') throw new Error('it answered without words')
    if (text.length > longest(texts[index] ?? '')) throw new Error('it answered with far more than it was given')
    if (!isLanguageTag(from)) throw new Error('it named a language that is none')
    return { text, from }
  })
