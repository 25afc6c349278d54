/** A text as it leaves: in NFC, and half a surrogate pair, which no encoding can write, as U+FFFD. */
export const composed = (text: string): string => Buffer.from(text.normalize('NFC')).toString()
