import { language } from '../../../shared/preferences.ts'
import { aroundEn } from './around-en.ts'
import { aroundFr } from './around-fr.ts'
import type { WordsLike } from '../words-like.ts'

type AroundWords = WordsLike<typeof aroundFr>

const all: Readonly<Record<'fr' | 'en', AroundWords>> = { fr: aroundFr, en: aroundEn }

/** The words around the list, which come with what speaks them: what narrows it, many at once, people and queues. */
export const around = (): AroundWords => all[language.value]
