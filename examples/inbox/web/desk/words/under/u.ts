import { language } from '../../../shared/preferences.ts'
import { en } from './en.ts'
import { fr, type UnderWords } from './fr.ts'

const all: Readonly<Record<'fr' | 'en', UnderWords>> = { fr, en }

/** The words of the drawer, in the chosen language. */
export const u = (): UnderWords => all[language.value]
