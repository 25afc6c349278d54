import { language } from '../../../shared/preferences.ts'
import { en } from './en.ts'
import { fr, type PeopleWords } from './fr.ts'

const all: Readonly<Record<'fr' | 'en', PeopleWords>> = { fr, en }

/** The words about contacts, tags, blocks, reports and the search, in the chosen language. */
export const p = (): PeopleWords => all[language.value]
