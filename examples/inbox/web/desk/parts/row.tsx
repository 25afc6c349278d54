import { useComputed } from '@preact/signals'
import { Avatar } from '../../shared/avatar.tsx'
import { Icon } from '../../shared/icon.tsx'
import { age, dateAndTime, now } from '../../shared/time.ts'
import { as, type Summary } from '../api.ts'
import { displayName, isPending } from '../state/conversations.ts'
import { draftOf } from '../state/drafts.ts'
import { typing } from '../state/feed.ts'
import { threads } from '../state/thread.ts'
import { agentShort, firstName } from '../state/workspace.ts'
import { t } from '../words/t.ts'

/** A customer who has waited for so long is late, in milliseconds. */
const lateAfter = 4 * 3_600_000

const isLate = (row: Summary): boolean =>
  row.status === 'open' && row.lastMessage?.by === 'contact' && now.value - row.lastActivity > lateAfter

const hasFailed = (row: Summary): boolean => {
  const last = row.lastMessage
  return last !== null && threads.value.get(row.id)?.messages.get(last.seq)?.delivery?.status === 'failed'
}

const Preview = ({ row }: { readonly row: Summary }) => {
  // Signals over everything are narrowed to this row: what happens elsewhere does not draw it again.
  const heard = useComputed(() => typing.value.get(row.id)).value
  const draft = useComputed(() => draftOf(row.id, 'reply')).value
  if (heard !== undefined && heard.by.id !== as) {
    const name = heard.by.kind === 'agent' ? agentShort(heard.by.id) : firstName(displayName(row))
    return <em class="writing">{t().writing(name)}</em>
  }
  if (draft !== '') {
    return (
      <>
        <span class="draft">{t().draft}&nbsp;:</span> {draft}
      </>
    )
  }
  const mine = row.lastMessage?.by === 'agent' ? `${t().preview_you} ` : ''
  return <>{row.preview === null ? t().noMessage : `${mine}${row.preview}`}</>
}

const Owner = ({ row }: { readonly row: Summary }) => {
  if (row.status === 'pending' && row.snoozedUntil !== null)
    return <span>{t().until(dateAndTime(row.snoozedUntil))}</span>
  return <span>{row.owner === null ? t().unowned : agentShort(row.owner)}</span>
}

const Marks = ({ row }: { readonly row: Summary }) => {
  const failed = useComputed(() => hasFailed(row)).value
  return (
    <span class="row-meta">
      <Owner row={row} />
      {row.tags.slice(0, 3).map((tag) => (
        <span key={tag} class={`tag ${tag.toLowerCase() === 'vip' ? 'vip' : ''}`}>
          {tag}
        </span>
      ))}
      {row.flags.includes('followUp') && (
        <span class="mark warn" title={t().flagFollowUp}>
          <Icon name="flag" size={12} />
          <span class="sr">{t().flagFollowUp}</span>
        </span>
      )}
      {row.flags.includes('urgent') && (
        <span class="mark danger" title={t().flagUrgent}>
          <Icon name="alert" size={12} />
          <span class="sr">{t().flagUrgent}</span>
        </span>
      )}
      {failed && <span class="mark danger text">{t().failed}</span>}
    </span>
  )
}

export const Row = ({
  row,
  at,
  of,
  chosen,
}: {
  readonly row: Summary
  readonly at: number
  readonly of: number
  readonly chosen: boolean
}) => {
  const pending = useComputed(() => isPending(row.id)).value
  const late = useComputed(() => isLate(row)).value
  const name = row.title ?? displayName(row)
  return (
    <div
      id={`row-${row.id}`}
      data-id={row.id}
      role="option"
      aria-selected={chosen}
      aria-setsize={of}
      aria-posinset={at + 1}
      class={`row ${row.unread > 0 ? 'unread' : ''} ${pending ? 'pending' : ''}`}
    >
      <span class="row-avatar">
        <Avatar id={row.contact.id} name={displayName(row)} />
        <span class="channel" title={row.channel === 'email' ? t().channel_email : t().channel_livechat}>
          <Icon name={row.channel === 'email' ? 'mail' : 'chat'} size={11} />
        </span>
      </span>
      <span class="row-body">
        <span class="row-top">
          <span class="row-name">{name}</span>
          <time class={late ? 'late' : ''} dateTime={new Date(row.lastActivity).toISOString()}>
            {age(row.lastActivity)}
          </time>
        </span>
        <span class="row-preview">
          <Preview row={row} />
        </span>
        <span class="row-bottom">
          <Marks row={row} />
          {row.unread > 0 && (
            <span class="badge">
              <span aria-hidden="true">{row.unread > 99 ? '99+' : row.unread}</span>
              <span class="sr">{t().unreadCount(row.unread)}</span>
            </span>
          )}
        </span>
      </span>
    </div>
  )
}
