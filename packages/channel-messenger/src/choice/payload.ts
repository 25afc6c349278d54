import { readJson, textAt } from '@guichet/channel-kit'

/** One of several, and what it was called where it was offered. */
interface Answer {
  readonly choice: string
  readonly label: string
}

const payloadAtMost = 1_000

/**
 * What stands behind a button: the id of its choice, and where its title had no room for the label, that as well. What
 * comes back of a tap is the title, and an answer has to say what was offered.
 */
export const payloadOf = ({ choice, label }: Answer, title: string): string => {
  const both = JSON.stringify({ choice, label })
  return title === label || both.length > payloadAtMost ? choice : both
}

/** What a tap says: the same again, for whatever stands behind a button of ours or of anybody else. */
export const answerOf = (payload: string, title: string): Answer => {
  const read = payload.startsWith('{"choice":') ? readJson(Buffer.from(payload)) : undefined
  const kept = read?.ok === true ? read.value : undefined
  return { choice: textAt(kept, 'choice') ?? payload, label: textAt(kept, 'label') ?? title }
}
