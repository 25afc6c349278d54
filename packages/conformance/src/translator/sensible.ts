import type { Translation } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'

const tag = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i

const isTag = (value: unknown): boolean => typeof value === 'string' && value.length <= 35 && tag.test(value)

/** Throws unless it is one language, or null, for each text. */
export const assertLanguages = (texts: ReadonlyArray<string>, answers: ReadonlyArray<string | null>): void => {
  assert(Array.isArray(answers), `languages are a list, not ${JSON.stringify(answers)}`)
  same(answers.length, texts.length, 'the number of languages')
  for (const answer of answers) assert(answer === null || isTag(answer), `${JSON.stringify(answer)} is no BCP 47 tag`)
}

/** Throws unless it is one translation for each text, with words where there were some. */
export const assertTranslations = (texts: ReadonlyArray<string>, answers: ReadonlyArray<Translation>): void => {
  assert(Array.isArray(answers), `translations are a list, not ${JSON.stringify(answers)}`)
  same(answers.length, texts.length, 'the number of translations')
  answers.forEach((answer, index) => {
    assert(typeof answer?.text === 'string', `a translation without a text: ${JSON.stringify(answer)}`)
    assert(isTag(answer.from), `${JSON.stringify(answer.from)} is no BCP 47 tag`)
    const empty = texts[index]?.trim() === ''
    if (empty) assert(answer.text.trim() === '', `there were no words, and it said ${JSON.stringify(answer.text)}`)
  })
}
