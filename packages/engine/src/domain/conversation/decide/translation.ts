import { isLanguageTag } from '../../message/translated.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Start } from '../entry.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation, TranslationSetting } from '../state.ts'

/* Messages in two languages. */

/** What a conversation of an account that is translated begins with; the customer's language is heard later. */
export const beginsTranslated = ({ translates, account }: Facts): Pick<Start, 'translation'> =>
  translates === true && account.translate != null ? { translation: { team: account.translate, customer: null } } : {}

const unreadable = ({ team, customer }: TranslationSetting): Refusal | null => {
  const issues = [
    ...(isLanguageTag(team) ? [] : [`team: a language tag such as fr or pt-BR, not ${team}`]),
    ...(customer === null || isLanguageTag(customer)
      ? []
      : [`customer: a language tag such as de, or null until it is detected, not ${customer}`]),
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
  if (refusal !== null) return refuse(refusal)
  const { team, customer } = translation
  return happens({
    _tag: 'TranslationSet',
    translation: { team, customer },
    ...(facts.translateFrom === undefined ? {} : { from: facts.translateFrom }),
  })
}

/** What came of a translation is the engine's to say, and only of words that the message still has. */
export const recordTranslation = (
  command: Extract<Command, { readonly _tag: 'RecordTranslation' }>,
  facts: Facts,
): Verdict => {
  if (facts.actor.kind !== 'system') return refuse({ _tag: 'Forbidden', action: 'translate' })
  const { _tag: _, text: __, edits, ...what } = command
  if (facts.target === undefined || facts.target.deleted) {
    return refuse({ _tag: 'UnknownMessage', message: command.message })
  }
  return edits === (facts.target.edits ?? 0) ? happens({ _tag: 'Translated', ...what }) : nothingToDo
}
