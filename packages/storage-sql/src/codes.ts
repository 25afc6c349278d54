import type { StoredConversation, StoredEntry } from '@guichet/engine/ports'

interface Coded<Word> {
  readonly words: ReadonlyArray<Word>
  readonly encode: (word: Word) => number
  readonly decode: (code: number) => Word
}

/** Words that are stored as small numbers. The numbers are in files: append, never reorder. */
const coded = <Word extends string>(words: ReadonlyArray<Word>): Coded<Word> => {
  const codes = new Map<Word, number>(words.map((word, code) => [word, code]))
  return {
    words,
    encode: (word) => {
      const code = codes.get(word)
      if (code === undefined) throw new Error(`"${word}" is none of ${words.join(', ')}`)
      return code
    },
    decode: (code) => {
      const word = words[code]
      if (word === undefined) throw new Error(`${code} stands for none of ${words.join(', ')}`)
      return word
    },
  }
}

export const statuses: Coded<StoredConversation['status']> = coded(['open', 'pending', 'closed', 'spam', 'archived'])
export const controls: Coded<StoredConversation['control']> = coded(['team', 'bot'])
export const speakers: Coded<NonNullable<StoredConversation['lastBy']>> = coded(['contact', 'agent', 'bot', 'system'])
export const entryKinds: Coded<StoredEntry['kind']> = coded(['in', 'out', 'note', 'event', 'record'])
export const actorKinds: Coded<StoredEntry['actorKind']> = coded(['agent', 'bot', 'contact', 'system'])

/** The lists of a conversation that can be filtered by. */
export const facetKinds: Coded<'tag' | 'involved' | 'mentioned' | 'flag'> = coded([
  'tag',
  'involved',
  'mentioned',
  'flag',
])
