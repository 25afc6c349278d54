import type { Actor } from '../actor.ts'
import type { Entry, Happening } from './entry.ts'
import type { Refusal } from './refusal.ts'

/** The answer to a command: what happened, numbered and dated, or why nothing did. */
export type Decision =
  | { readonly _tag: 'Accepted'; readonly entries: ReadonlyArray<Entry> }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** What a rule answers before it is numbered and dated. */
export type Verdict =
  | {
      readonly _tag: 'Happens'
      readonly what: Happening
      /** Who does it, when it is not who asked for it: the engine sends for somebody. */
      readonly actor?: Actor
    }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

export const happens = (what: Happening): Verdict => ({ _tag: 'Happens', what })

export const refuse = (refusal: Refusal): { readonly _tag: 'Refused'; readonly refusal: Refusal } => ({
  _tag: 'Refused',
  refusal,
})

export const nothingToDo = refuse({ _tag: 'NothingToDo' })
