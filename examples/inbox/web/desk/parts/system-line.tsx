import { clockTime, dateAndTime } from '../../shared/time.ts'
import type { Entry } from '../api.ts'
import { agentShort, queueName } from '../state/workspace.ts'
import { t } from '../words/t.ts'

const who = (entry: Entry): string => {
  switch (entry.actor.kind) {
    case 'agent':
      return agentShort(entry.actor.id)
    case 'contact':
      return t().visitor
    case 'bot':
    case 'system':
      return t().engine
  }
}

const flagName = (flag: 'urgent' | 'followUp'): string => (flag === 'urgent' ? t().flagUrgent : t().flagFollowUp)

/** What happened besides the messages, as a sentence; null for what stands as a message of its own. */
export const happened = (entry: Entry): string | null => {
  const words = t()
  const { what } = entry
  switch (what._tag) {
    case 'MessageReceived':
    case 'MessageSent':
    case 'NoteAdded':
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'Deleted':
    case 'Erased':
    case 'BotBlocked':
    case 'BotUnblocked':
      return null
    case 'TakenOver':
      return words.did_TakenOver(who(entry), agentShort(what.from))
    case 'Assigned':
    case 'Unassigned':
    case 'Invited':
      return words[`did_${what._tag}`](who(entry), what.agents.map(agentShort).join(', '))
    case 'Transferred':
      return words.did_Transferred(
        who(entry),
        'agent' in what.to ? agentShort(what.to.agent) : queueName(what.to.queue),
      )
    case 'Snoozed':
      return words.did_Snoozed(who(entry), what.until === null ? '' : dateAndTime(what.until))
    case 'SnoozeEnded':
      return words.did_SnoozeEnded
    case 'Tagged':
    case 'Untagged':
      return words[`did_${what._tag}`](who(entry), what.tags.join(', '))
    case 'Flagged':
    case 'Unflagged':
      return words[`did_${what._tag}`](who(entry), flagName(what.flag))
    case 'Renamed':
      return words.did_Renamed(who(entry), what.title ?? '')
    case 'SubjectChanged':
      return words.did_SubjectChanged(who(entry), what.subject ?? '')
    case 'HandedOver':
      return words.did_HandedOver(what.reason ?? '')
    default:
      return words[`did_${what._tag}`](who(entry))
  }
}

export const SystemLine = ({ text, at }: { readonly text: string; readonly at: number }) => (
  <li class="system-line">
    {text} · <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
  </li>
)
