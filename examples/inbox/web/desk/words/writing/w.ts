import { language } from '../../../shared/preferences.ts'
import { dialogsEn } from './dialogs-en.ts'
import { dialogsFr } from './dialogs-fr.ts'
import type { WordsLike } from '../words-like.ts'

type DialogWords = WordsLike<typeof dialogsFr>

const all: Readonly<Record<'fr' | 'en', DialogWords>> = { fr: dialogsFr, en: dialogsEn }

/** The words of windows, menus and what few messages have: they come with what speaks them. */
export const w = (): DialogWords => all[language.value]
