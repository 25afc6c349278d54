import { Icon } from '../../shared/icon.tsx'
import { clockTime } from '../../shared/time.ts'
import { as, type Message } from '../api.ts'
import { openMenu } from '../state/menus.ts'
import { editing, menuMessage, mend, react, sendAgain } from '../state/message-acts.ts'
import { open } from '../state/thread.ts'
import { agentName, agentShort } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import { EditForm, MessageBody } from './message-body.tsx'
import type { Asked } from './rich-part.tsx'

const deliveryText = (message: Message): string | null => {
  const { delivery } = message
  if (delivery === null) return null
  switch (delivery.status) {
    case 'read':
      return t().status_read(clockTime(delivery.at))
    case 'failed':
      return t().status_failed((delivery.error?.message ?? delivery.error?.code ?? '?').replace(/\.$/, ''))
    case 'queued':
    case 'sending':
    case 'sent':
    case 'delivered':
    case 'uncertain':
      return t()[`status_${delivery.status}`]
  }
}

const authorOf = (message: Message, contact: string): string => {
  if (message.author.kind === 'contact') return message.author.name ?? contact
  if (message.author.kind === 'agent') {
    return message.author.id === as ? t().you(agentShort(as)) : (message.author.name ?? agentName(message.author.id))
  }
  return message.author.name ?? (message.author.kind === 'bot' ? message.author.id : t().engine)
}

const Failed = ({ id, message }: { readonly id: string; readonly message: Message }) => (
  <p class="failed-acts">
    <button type="button" class="button small" onClick={() => void mend(id, message)}>
      {t().mend}
    </button>
    <button type="button" class="button small" title={t().sendAgainHint} onClick={() => void sendAgain(id, message)}>
      {t().tryAgain}
    </button>
  </p>
)

const Reactions = ({ id, message }: { readonly id: string; readonly message: Message }) => {
  const signs = [...new Set(message.reactions.map(({ emoji }) => emoji))]
  if (signs.length === 0) return null
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

const Moved = ({ to }: { readonly to: string }) => (
  <p class="words gone">
    {t().movedTo}{' '}
    <button type="button" class="link" onClick={() => void open(to)}>
      {t().otherConversation}
    </button>
  </p>
)

export const MessageView = ({
  conversation,
  message,
  contact,
  asked,
}: {
  readonly conversation: string
  readonly message: Message
  readonly contact: string
  readonly asked: Asked
}) => {
  const status = deliveryText(message)
  const gone = message.deleted || message.movedTo !== null
  const changing = editing.value?.conversation === conversation && editing.value.seq === message.seq
  return (
    <li class={`message ${message.direction}`} data-seq={message.seq}>
      <div class="meta">
        <span class="author">{authorOf(message, contact)}</span>
        {message.direction === 'note' && <span>{t().note}</span>}
        <time dateTime={new Date(message.sentAt).toISOString()}>{clockTime(message.sentAt)}</time>
        {message.edited && <span>· {t().edited}</span>}
        {status !== null && (
          <span class={`delivery ${message.delivery?.status ?? ''}`} data-delivery={message.delivery?.status}>
            · {status}
          </span>
        )}
        {!gone && (
          <button
            type="button"
            class="icon-button small message-more"
            aria-label={t().messageActs}
            title={t().messageActs}
            aria-haspopup="dialog"
            onClick={(event) => {
              menuMessage.value = message.seq
              openMenu('message', conversation, event.currentTarget)
            }}
          >
            <Icon name="more" size={14} />
          </button>
        )}
      </div>
      <div class={`bubble ${changing ? 'changing' : ''}`}>
        {message.movedTo !== null ? (
          <Moved to={message.movedTo} />
        ) : changing ? (
          <EditForm id={conversation} message={message} />
        ) : (
          <MessageBody conversation={conversation} message={message} contact={contact} asked={asked} />
        )}
      </div>
      <Reactions id={conversation} message={message} />
      {message.cc.length > 0 && <p class="aside">{`${t().cc} : ${message.cc.join(', ')}`}</p>}
      {message.delivery?.status === 'failed' && <Failed id={conversation} message={message} />}
      {message.stranger && <p class="aside warn">{t().stranger}</p>}
      {message.automatic !== null && <p class="aside">{t().automaticMail}</p>}
    </li>
  )
}
