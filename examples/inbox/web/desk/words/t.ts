import { language } from '../../shared/preferences.ts'
import { en } from './en.ts'
import { fr, type Words } from './fr.ts'

const all: Readonly<Record<'fr' | 'en', Words>> = { fr, en }

/** The words of the chosen language. Reading it in a component makes the component follow a change. */
export const t = (): Words => all[language.value]
