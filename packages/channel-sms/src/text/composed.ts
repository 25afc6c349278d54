import { wellFormed } from '@guichet/channel-kit'

/** A text as it leaves: in NFC, without halves of characters, which no encoding can write. */
export const composed = (text: string): string => wellFormed(text.normalize('NFC'))
