import { conversation, displayName } from '../../state/conversations.ts'
import { open } from '../../state/thread.ts'
import { u } from '../../words/under/u.ts'

/** How a conversation is called where there is little room. */
export const shortName = (id: string): string => {
  const known = conversation(id)
  return known === undefined ? id.slice(-8) : displayName(known)
}

export const ConversationLink = ({ id }: { readonly id: string }) => (
  <button type="button" class="link" onClick={() => void open(id)}>
    {u().open(shortName(id))}
  </button>
)
