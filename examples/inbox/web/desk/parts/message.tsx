import { Icon } from '../../shared/icon.tsx'
import { clockTime } from '../../shared/time.ts'
import { as, type Message } from '../api.ts'
import { openMenu } from '../state/menus.ts'
import { editing, menuMessage } from '../state/messages.ts'
import { open, sought } from '../state/thread.ts'
import { agentName, agentShort } from '../state/workspace.ts'
import { t } from '../words/t.ts'
import type { Asked } from '../state/asked-parts.ts'
import { later } from './later.tsx'
import { MessageBody } from './message-body.tsx'

const soon = { soon: true }
const EditForm = later(() => import('./message/rarely.ts').then((it) => it.EditForm), soon)
const FailedActs = later(() => import('./message/rarely.ts').then((it) => it.FailedActs), soon)
const Reactions = later(() => import('./message/rarely.ts').then((it) => it.Reactions), soon)

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
  const found = sought.value?.conversation === conversation && sought.value.seq === message.seq
  const changing = editing.value?.conversation === conversation && editing.value.seq === message.seq
  return (
    <li
      class={`message ${message.direction} ${found ? 'found' : ''}`}
      data-seq={message.seq}
      aria-current={found ? 'true' : undefined}
    >
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
      {message.reactions.length > 0 && <Reactions id={conversation} message={message} />}
      {message.cc.length > 0 && <p class="aside">{`${t().cc} : ${message.cc.join(', ')}`}</p>}
      {message.delivery?.status === 'failed' && <FailedActs id={conversation} message={message} />}
      {message.stranger && <p class="aside warn">{t().stranger}</p>}
      {message.automatic !== null && <p class="aside">{t().automaticMail}</p>}
    </li>
  )
}
