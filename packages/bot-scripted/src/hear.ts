import type { BotMessage } from '@guichet/engine/ports'
import type { Script, Step } from './script.ts'
import { everyWord, folded, hears } from './words.ts'

/** A choice is known by its place in the menu of its step. */
export const choiceId = (step: string, index: number): string => `${step}/${index + 1}`
export const formId = (step: string): string => `script/${step}`

const byPart = (name: string, step: Step, message: BotMessage): string | undefined => {
  for (const part of message.parts) {
    if (part._tag === 'Chosen') {
      const index = (step.choices ?? []).findIndex((_, at) => choiceId(name, at) === part.choice)
      if (index !== -1) return step.choices?.[index]?.to
    }
    if (part._tag === 'FormAnswer' && part.form === formId(name)) return step.form?.to
  }
  return undefined
}

/** The number in a menu, the label, or a word that means a choice. */
const byChoice = ({ choices = [] }: Step, text: string): string | undefined => {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : 0
  const exact = choices.find(({ label }) => everyWord(label).some((words) => folded(words) === text))
  const close = choices.find(({ label, words = [] }) => [...everyWord(label), ...words].some((one) => hears(text, one)))
  return (choices[number - 1] ?? exact ?? close)?.to
}

const byKeyword = (keywords: Script['keywords'], text: string): string | undefined =>
  (keywords ?? []).find(({ words }) => words.some((one) => hears(text, one)))?.to

/** Where one message leads, in a step or, without one, from anywhere; undefined when it says nothing that is known. */
const leads = (script: Script, name: string | undefined, message: BotMessage): string | undefined => {
  const step = name === undefined ? undefined : script.steps[name]
  const text = folded(message.text)
  if (step === undefined || name === undefined) return byKeyword(script.keywords, text)
  return (
    byPart(name, step, message) ??
    byChoice(step, text) ??
    byKeyword(step.keywords, text) ??
    byKeyword(script.keywords, text) ??
    step.form?.to ??
    step.anything
  )
}

/** Where what the customer has written leads; the newest message that means something counts. */
export const heard = (
  script: Script,
  step: string | undefined,
  messages: ReadonlyArray<BotMessage>,
): string | undefined => {
  for (const message of messages.toReversed()) {
    const to = leads(script, step, message)
    if (to !== undefined) return to
  }
  return undefined
}

/** Whether a step waits for something in particular. */
export const waits = ({ choices, keywords, form, anything }: Step): boolean =>
  (choices ?? []).length > 0 || (keywords ?? []).length > 0 || form !== undefined || anything !== undefined
