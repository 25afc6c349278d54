import type { Happening } from './entry.ts'

/** Somebody of ours has answered elsewhere: a person has, though nobody who is known here. */
export const answersElsewhere = (what: Happening): boolean =>
  what._tag === 'MessageSent' && what.echoed === true && what.late !== true
