import { useComputed } from '@preact/signals'
import { Avatar } from '../../shared/avatar.tsx'
import { Icon } from '../../shared/icon.tsx'
import type { IconName } from '../../shared/icon-shapes.ts'
import { age, dateAndTime, now, span } from '../../shared/time.ts'
import { as, type Summary } from '../api.ts'
import { displayName } from '../state/conversations.ts'
import { isPending } from '../state/patches.ts'
import { draftOf } from '../state/drafts.ts'
import { typing } from '../state/feed.ts'
import { isMarked } from '../state/selection.ts'
import { threads } from '../state/thread.ts'
import { watchersOf } from '../state/watching.ts'
import { agentName, agentShort, firstName } from '../state/workspace.ts'
import { channelName } from '../words/channel-name.ts'
import { t } from '../words/t.ts'
import { Tag } from './tag.tsx'

/** What was promised to this customer and is due or missed: what the engine counts as late. */
const isLate = ({ sla, status }: Summary): boolean => {
  if (sla === null || (status !== 'open' && status !== 'pending')) return false
  const due = Math.min(...[sla.firstResponse, sla.nextResponse, sla.resolution].filter((at) => at !== null))
  return sla.missed.length > 0 || due <= now.value
}

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
  if (row.offer !== null)
    return <span class="offered">{t().offeredTo(row.offer.agents.map(agentShort).join(', '))}</span>
  return <span>{row.owner === null ? t().unowned : agentShort(row.owner)}</span>
}

const Sign = ({ icon, tone, said }: { readonly icon: IconName; readonly tone: string; readonly said: string }) => (
  <span class={`mark ${tone}`} title={said}>
    <Icon name={icon} size={12} />
    <span class="sr">{said}</span>
  </span>
)

/** Colleagues at this conversation: who writes is marked in ink, who looks in yellow. */
const Watchers = ({ id }: { readonly id: string }) => {
  const there = useComputed(() => watchersOf(id)).value
  return (
    <>
      {there.slice(0, 3).map(({ agent, writing }) => {
        const said = writing ? t().writes(agentShort(agent)) : t().looks(agentShort(agent))
        return (
          <span key={agent} class={`watcher ${writing ? 'writes' : ''}`} data-watcher={agent} title={said}>
            <Avatar id={agent} name={agentName(agent)} size={18} />
            <span class="sr">{said}</span>
          </span>
        )
      })}
    </>
  )
}

/** How long the customer waits, or how long ago something happened. */
const Age = ({ row }: { readonly row: Summary }) => {
  const late = useComputed(() => isLate(row)).value
  const since = row.status === 'open' ? row.waitingSince : null
  const at = since ?? row.lastActivity
  const waited = useComputed(() => (since === null ? null : span(Math.max(0, now.value - since)))).value
  return (
    <time
      class={late ? 'late' : since === null ? '' : 'waits'}
      dateTime={new Date(at).toISOString()}
      title={waited === null ? dateAndTime(at) : t().waits(waited)}
    >
      {waited === null ? age(row.lastActivity) : waited}
      {waited !== null && <span class="sr">{t().waits(waited)}</span>}
      {late && <span class="sr">{t().late}</span>}
    </time>
  )
}

const Marks = ({ row }: { readonly row: Summary }) => {
  const failed = useComputed(() => hasFailed(row)).value
  return (
    <span class="row-meta">
      {(row.priority === 'urgent' || row.priority === 'high') && (
        <Sign
          icon="up"
          tone={row.priority === 'urgent' ? 'danger' : 'warn'}
          said={t()[`rowPriority_${row.priority}`]}
        />
      )}
      {row.locked && <Sign icon="lock" tone="" said={t().lockedBy(agentShort(row.owner ?? ''))} />}
      <Owner row={row} />
      {row.tags.slice(0, 3).map((tag) => (
        <Tag key={tag} id={tag} />
      ))}
      {row.flags.includes('followUp') && <Sign icon="flag" tone="warn" said={t().flagFollowUp} />}
      {row.flags.includes('urgent') && <Sign icon="alert" tone="danger" said={t().flagUrgent} />}
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
  const marked = useComputed(() => isMarked(row.id)).value
  const name = row.title ?? displayName(row)
  return (
    <div
      id={`row-${row.id}`}
      data-id={row.id}
      role="option"
      aria-selected={chosen}
      aria-checked={marked}
      aria-setsize={of}
      aria-posinset={at + 1}
      class={`row ${row.unread > 0 ? 'unread' : ''} ${pending ? 'pending' : ''} ${marked ? 'marked' : ''}`}
    >
      <span class="row-avatar">
        <Avatar id={row.contact.id} name={displayName(row)} />
        <span class="row-mark" aria-hidden="true">
          <Icon name="check" size={16} />
        </span>
        <span class="channel" title={channelName(row.channel)}>
          <Icon name={row.channel === 'email' ? 'mail' : 'chat'} size={11} />
        </span>
      </span>
      <span class="row-body">
        <span class="row-top">
          <span class="row-name">{name}</span>
          <Age row={row} />
        </span>
        <span class="row-preview">
          <Preview row={row} />
        </span>
        <span class="row-bottom">
          <Marks row={row} />
          <Watchers id={row.id} />
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
