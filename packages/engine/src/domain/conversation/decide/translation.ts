import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation, TranslationSetting } from '../state.ts'

/* Messages in two languages. */

/** As much of BCP 47 as tells a language from a typing error. */
const language = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*$/

const unreadable = (setting: TranslationSetting): Refusal | null => {
  const issues = [
    ...(language.test(setting.team) ? [] : [`team: a language tag such as fr or pt-BR, not ${setting.team}`]),
    ...(setting.customer === null || language.test(setting.customer)
      ? []
      : [`customer: a language tag such as de, or null until it is detected, not ${setting.customer}`]),
  ]
  return issues.length === 0 ? null : { _tag: 'Invalid', what: 'translation', issues }
}

const same = (a: TranslationSetting | null, b: TranslationSetting | null): boolean =>
  a?.team === b?.team && a?.customer === b?.customer

export const setTranslation = (state: Conversation, translation: TranslationSetting | null, facts: Facts): Verdict => {
  if (same(state.translation, translation)) return nothingToDo
  if (translation === null) return happens({ _tag: 'TranslationSet', translation })
  if (facts.translates !== true) return refuse({ _tag: 'Unsupported', feature: 'translation' })
  const refusal = unreadable(translation)
  const { team, customer } = translation
  return refusal === null ? happens({ _tag: 'TranslationSet', translation: { team, customer } }) : refuse(refusal)
}

/** What came of a translation is the engine's to say. */
export const recordTranslation = (
  command: Extract<Command, { readonly _tag: 'RecordTranslation' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'translate' })
  const { _tag: _, text: __, ...what } = command
  if (facts.target === undefined || facts.target.deleted) {
    return refuse({ _tag: 'UnknownMessage', message: command.message })
  }
  return happens({ _tag: 'Translated', ...what })
}
