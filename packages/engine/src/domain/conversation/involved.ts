import type { Conversation } from './state.ts'

/** Everybody who has to do with a conversation by name, the owner first; each once. */
export const involvedIn = ({ owner, assignees, participants }: Conversation): ReadonlyArray<string> => [
  ...new Set([...(owner === null ? [] : [owner]), ...assignees, ...participants]),
]

/** Whoever of these is not the owner: what an entry says of those who see it no longer; nothing when there is none. */
export const othersOf = (
  { owner }: Conversation,
  ids: ReadonlyArray<string>,
): { readonly others: ReadonlyArray<string> } | undefined => {
  const others = [...new Set(ids)].filter((id) => id !== owner)
  return others.length === 0 ? undefined : { others }
}
