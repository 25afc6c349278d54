/** The widget of a site: importing this registers `<guichet-chat>`, in English and French. */
import { define } from './element.ts'
import { en } from './strings/en.ts'
import { fr } from './strings/fr.ts'

export type { GuichetChatElement } from './element.ts'
export type { Strings } from './translate.ts'

define({ en, fr })
