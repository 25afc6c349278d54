import { as, type Message } from '../../api.ts'
import { react } from '../../state/message-acts.ts'
import { agentShort } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'

/** The signs beside a message, each with who put it there. */
export const Reactions = ({ id, message }: { readonly id: string; readonly message: Message }) => {
  const signs = [...new Set(message.reactions.map(({ emoji }) => emoji))]
  return (
    <p class="reactions">
      {signs.map((emoji) => {
        const by = message.reactions.filter((one) => one.emoji === emoji)
        const names = by.map((one) => (one.by.kind === 'agent' ? agentShort(one.by.id) : t().visitor)).join(', ')
        return (
          <button
            key={emoji}
            type="button"
            class="reaction"
            title={names}
            aria-label={`${emoji} ${names}`}
            aria-pressed={by.some((one) => one.by.id === as)}
            onClick={() => void react(id, message, emoji)}
          >
            <span class="emoji">{emoji}</span>
            {by.length > 1 && by.length}
          </button>
        )
      })}
    </p>
  )
}
