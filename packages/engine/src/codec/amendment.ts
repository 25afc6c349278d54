import type { Part } from '../domain/message/part.ts'

/** What a message says since it was edited, and which entries edited it. */
export interface Amendment {
  readonly parts: ReadonlyArray<Part>
  readonly edits: ReadonlyArray<number>
}

export const encodeAmendment = (amendment: Amendment): string => JSON.stringify({ v: 1, ...amendment })

export const decodeAmendment = (data: string): Amendment => {
  const { parts, edits } = JSON.parse(data) as Amendment
  return { parts, edits }
}
