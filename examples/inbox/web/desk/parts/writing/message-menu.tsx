import { conversation } from '../../state/conversations.ts'
import { asked } from '../../state/asked.ts'
import { quickReactions } from '../../state/emoji.ts'
import { closeMenu } from '../../state/menus.ts'
import { copyText, deleteMessage, quote, split, toggleReaction } from '../../state/message-acts.ts'
import { editing, menuMessage, messageOf } from '../../state/messages.ts'
import { as } from '../../api.ts'
import { w } from '../../words/writing/w.ts'
import { t } from '../../words/t.ts'
import { type Choice, Choices } from '../choices.tsx'

const then = (run: () => void) => () => {
  closeMenu()
  run()
}

/** What can be done with one message. */
export const MessageMenu = ({ id }: { readonly id: string }) => {
  const message = messageOf(id, menuMessage.value)
  if (message === undefined) return null
  const { seq, text, author, direction } = message
  const inside = conversation(id)?.channel === 'internal'
  const mine = author.kind === 'agent' && author.id === as
  const choices: ReadonlyArray<Choice | false> = [
    { id: 'quote', label: t().quote, icon: 'reply', run: then(() => quote(id, seq)) },
    { id: 'copy', label: w().copyText, icon: 'copy', run: then(() => void copyText(text)) },
    mine && {
      id: 'edit',
      label: t().edit,
      icon: 'pencil',
      run: then(() => {
        editing.value = { conversation: id, seq }
      }),
    },
    direction !== 'in' && {
      id: 'template',
      label: w().saveAsTemplate,
      icon: 'note',
      run: then(() => {
        asked.value = { _tag: 'SaveTemplate', conversation: id, message: seq }
      }),
    },
    !inside && {
      id: 'discuss',
      label: t().discuss,
      icon: 'users',
      run: then(() => {
        asked.value = { _tag: 'Discuss', conversation: id, message: seq }
      }),
    },
    !inside && {
      id: 'split',
      label: t().split,
      hint: w().splitHint,
      icon: 'split',
      run: then(() => void split(id, seq, false)),
    },
    !inside && {
      id: 'splitFollowing',
      label: t().splitFollowing,
      icon: 'split',
      run: then(() => void split(id, seq, true)),
    },
    { id: 'delete', label: w().deleteMessage, icon: 'trash', run: then(() => void deleteMessage(id, seq)) },
  ]
  return (
    <>
      <div class="reactions-row" role="group" aria-label={w().react}>
        {quickReactions.map((emoji) => (
          <button
            key={emoji}
            type="button"
            class="icon-button emoji"
            aria-label={w().reactWith(emoji)}
            aria-pressed={message.reactions.some((one) => one.emoji === emoji && one.by.id === as)}
            onClick={then(() => void toggleReaction(id, message, emoji))}
          >
            {emoji}
          </button>
        ))}
      </div>
      <Choices label={t().messageActs} field={false} choices={choices.filter((one) => one !== false)} />
    </>
  )
}
