import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'

/** Enough for any sign that is put together from others, in code units. */
const longest = 32

const isSign = (emoji: string): boolean => emoji !== '' && emoji.length <= longest && !/\s/.test(emoji)

/** One sign for each who reacts: another one replaces it, null takes it back. */
export const reactTo = (message: number, emoji: string | null, { actor, target }: Facts): Verdict => {
  // Customers do not know of notes.
  const hidden = target?.direction === 'note' && actor.kind === 'contact'
  if (target === undefined || target.deleted || hidden) return refuse({ _tag: 'UnknownMessage', message })
  if (emoji !== null && !isSign(emoji)) {
    const issue = `emoji: one sign without white space, of at most ${longest} code units`
    return refuse({ _tag: 'Invalid', what: 'reaction', issues: [issue] })
  }
  const own = target.reactions?.find(({ by }) => by.kind === actor.kind && by.id === actor.id)
  return (own?.emoji ?? null) === emoji ? nothingToDo : happens({ _tag: 'Reacted', message, emoji })
}
