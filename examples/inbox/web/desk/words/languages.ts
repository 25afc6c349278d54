import { language } from '../../shared/preferences.ts'

/** A language as the reader of the desk calls it. */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames(language.value, { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** What a customer of the shop may write in. */
export const languageTags = ['fr', 'en', 'de', 'it', 'es', 'nl', 'pt', 'pl'] as const
