import type { Translation } from '@guichet/engine/ports'
import { undetermined } from './tag.ts'

/** Translates the texts that have words; the others stay as they are, and nobody is asked about them. */
export const askedOf = async (
  texts: ReadonlyArray<string>,
  from: string | null,
  ask: (texts: ReadonlyArray<string>) => Promise<ReadonlyArray<Translation>>,
): Promise<ReadonlyArray<Translation>> => {
  const worth = texts.filter((text) => text.trim() !== '')
  const answers = worth.length === 0 ? [] : [...(await ask(worth))]
  return texts.map((text) => {
    const asItIs = { text, from: from ?? undetermined }
    return text.trim() === '' ? asItIs : (answers.shift() ?? asItIs)
  })
}
