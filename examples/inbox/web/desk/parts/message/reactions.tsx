import { Icon } from '../../../shared/icon.tsx'
import { as, type Message } from '../../api.ts'
import { reactAgain, toggleReaction } from '../../state/message-acts.ts'
import { agentShort } from '../../state/workspace.ts'
import { t } from '../../words/t.ts'
import { w } from '../../words/writing/w.ts'

/** The signs beside a message, each with who put it there, and why the customer does not see it. */
export const Reactions = ({ id, message }: { readonly id: string; readonly message: Message }) => {
  const signs = [...new Set(message.reactions.map(({ emoji }) => emoji))]
  return (
    <p class="reactions">
      {signs.map((emoji) => {
        const by = message.reactions.filter((one) => one.emoji === emoji)
        const names = by.map((one) => (one.by.kind === 'agent' ? agentShort(one.by.id) : t().visitor)).join(', ')
        const mine = by.find((one) => one.by.id === as)
        const failure = by.find(({ failed }) => failed !== undefined)?.failed
        const again = mine?.failed !== undefined
        const title = [
          names,
          ...(failure === undefined ? [] : [w().reactionFailed(failure.message)]),
          ...(again ? [w().reactAgain] : []),
        ].join(' · ')
        return (
          <button
            key={emoji}
            type="button"
            class={`reaction ${failure === undefined ? '' : 'failed'}`}
            title={title}
            aria-label={`${emoji} ${title}`}
            aria-pressed={mine !== undefined}
            onClick={() => void (again ? reactAgain : toggleReaction)(id, message, emoji)}
          >
            <span class="emoji">{emoji}</span>
            {by.length > 1 && by.length}
            {failure !== undefined && <Icon name="alert" size={14} />}
          </button>
        )
      })}
    </p>
  )
}
