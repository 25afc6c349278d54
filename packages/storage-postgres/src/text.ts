import { wellFormed } from '@guichet/storage-sql'

// PostgreSQL keeps every character but U+0000. It is written as U+FDD0, which no text has (Unicode calls it a
// noncharacter, for a program's own use), and "0"; should a text have U+FDD0 all the same, it is written twice. So two
// different texts stay different, and what has neither is only looked at.
const escape = '\uFDD0'
const nul = '\u0000'
const escapes = /\uFDD0(.)/gs

/** A text as a column keeps it. */
export const toText = (text: string): string => {
  const unicode = wellFormed(text)
  const sound = unicode.includes(escape) ? unicode.replaceAll(escape, escape + escape) : unicode
  return sound.includes(nul) ? sound.replaceAll(nul, `${escape}0`) : sound
}

export const fromText = (text: string): string =>
  text.includes(escape) ? text.replace(escapes, (_, character: string) => (character === '0' ? nul : character)) : text
