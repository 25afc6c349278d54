import type { Happening } from '../entry.ts'
import type { Conversation, TranslationState } from '../state.ts'

/** What was already put into this language stays counted; for another language it begins anew. */
export const translatedFrom = (
  { translation: before }: Conversation,
  seq: number,
  { translation, from = seq }: Extract<Happening, { readonly _tag: 'TranslationSet' }>,
): TranslationState | null =>
  translation && {
    team: translation.team,
    customer: translation.customer,
    from: before?.team === translation.team ? Math.min(before.from, from) : from,
  }

/** The customer's language is the one she writes in, unless somebody has said otherwise. */
export const languageHeard = (
  { translation }: Conversation,
  { detected }: Extract<Happening, { readonly _tag: 'Translated' }>,
): Partial<Pick<Conversation, 'translation'>> =>
  translation?.customer === null && detected !== undefined
    ? { translation: { ...translation, customer: detected } }
    : {}
