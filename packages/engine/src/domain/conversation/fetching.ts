import { comingIn } from '../message/fetched.ts'
import type { Part } from '../message/part.ts'
import type { Happening } from './entry.ts'

/** A file that is to be fetched, by way of an account, for a message. */
export interface Fetching {
  readonly _tag: 'Fetch'
  readonly message: number
  readonly blob: string
  readonly account: string
}

const none: ReadonlyArray<Fetching> = []

const fetchingIn = (message: number, parts: ReadonlyArray<Part>): ReadonlyArray<Fetching> =>
  parts.some((part) => part._tag === 'File' && part.file.missing !== undefined)
    ? comingIn(parts).map(({ blob, missing }) => ({ _tag: 'Fetch', message, blob, account: missing.account }))
    : none

/** The files that an entry has brought and that are still with the provider: also where its message came from elsewhere. */
export const fetching = (what: Happening, seq: number): ReadonlyArray<Fetching> => {
  switch (what._tag) {
    case 'MessageReceived':
    case 'MessageSent':
    case 'MessageMovedIn':
      return fetchingIn(seq, what.message.parts)
    case 'MessageEdited':
      return fetchingIn(what.message, what.parts)
    default:
      return none
  }
}
