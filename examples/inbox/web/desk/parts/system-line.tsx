import { clockTime, dateAndTime } from '../../shared/time.ts'
import type { Entry } from '../api.ts'
import { open } from '../state/thread.ts'
import { accountName, agentShort, queueName } from '../state/workspace.ts'
import { languageName } from '../words/languages.ts'
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
const names = (agents: ReadonlyArray<string>): string => agents.map(agentShort).join(', ')

type What = Entry['what']

const targetName = (to: Extract<What, { _tag: 'Transferred' }>['to']): string => {
  if ('agent' in to) return agentShort(to.agent)
  if ('queue' in to) return queueName(to.queue)
  return 'department' in to ? t().toDepartment(to.department) : t().toAccount(accountName(to.account))
}

/** Scheduled messages that something else took away are told of beside it. */
const cancelled = (what: What): string | null =>
  'cancelled' in what && what.cancelled !== undefined && what.cancelled.length > 0
    ? t().did_Cancelled(what.cancelled.length)
    : null

const besides = (text: string, what: What): string => [text, cancelled(what)].filter(Boolean).join(' · ')

/** What happened besides the messages, as a sentence; null for what stands as a message of its own. */
export const happened = (entry: Entry): string | null => {
  const words = t()
  const { what } = entry
  switch (what._tag) {
    case 'MessageReceived':
      return cancelled(what)
    case 'MessageSent':
    case 'NoteAdded':
    case 'MessageEdited':
    case 'MessageDeleted':
    case 'MessageMovedIn':
    // Files, signs and other wordings stand at their messages.
    case 'FileArrived':
    case 'FileLost':
    case 'Reacted':
    case 'ReactionFailed':
    case 'Translated':
    case 'Deleted':
    case 'Erased':
      return null
    case 'BotBlocked':
    case 'BotUnblocked':
    case 'BotAsked':
      return words[`did_${what._tag}`](who(entry), what.bot)
    case 'BotFinished':
      return what.reason === null ? words.did_BotFinished(what.bot) : words.did_BotFailed(what.bot, what.reason)
    case 'TakenOver':
      return words.did_TakenOver(who(entry), agentShort(what.from))
    case 'Assigned':
    case 'Unassigned':
    case 'Invited':
      return words[`did_${what._tag}`](who(entry), names(what.agents))
    case 'Transferred':
      return words.did_Transferred(who(entry), targetName(what.to))
    case 'Distributed':
    case 'Offered':
    case 'OfferExpired':
      return words[`did_${what._tag}`]('agent' in what ? agentShort(what.agent) : names(what.agents))
    case 'Overflowed':
      return what.because === 'waited'
        ? words.did_Overflowed(queueName(what.from), queueName(what.to))
        : words.did_OverflowedHours(queueName(what.from), queueName(what.to))
    case 'Returned':
      return words.did_Returned(agentShort(what.from))
    case 'PrioritySet':
      return words.did_PrioritySet(who(entry), words[`priority_${what.priority}`])
    case 'AttributesSet':
      return words.did_AttributesSet(who(entry), Object.keys(what.attributes).join(', '))
    case 'MessageScheduled':
      return words.did_MessageScheduled(who(entry), dateAndTime(what.at))
    case 'ScheduleCancelled':
      return what.because === 'refused' ? words.did_ScheduleRefused : words.did_ScheduleCancelled(who(entry))
    case 'TranslationSet':
      return what.translation === null
        ? words.did_TranslationOff(who(entry))
        : words.did_TranslationOn(who(entry), languageName(what.translation.team))
    case 'SlaMissed':
      return words[`did_SlaMissed_${what.target}`]
    case 'AddressChanged':
      return words.did_AddressChanged(what.to)
    case 'WindowClosing':
      return words.did_WindowClosing(dateAndTime(what.until))
    case 'WindowRefused':
      return words.did_WindowRefused
    case 'ConsentChanged':
      if (entry.actor.kind === 'agent') return words.did_ConsentNoted(who(entry), what.word)
      return words[what.given ? 'did_ConsentGiven' : 'did_ConsentTaken'](t().visitor, what.word)
    case 'ControlChanged':
      return what.ours ? words.did_ControlGiven : words.did_ControlTaken(what.by ?? '')
    case 'ControlAsked':
      return words[what.ours ? 'did_ControlAsked' : 'did_ControlPassed'](who(entry))
    case 'ControlRefused':
      return words.did_ControlRefused(what.error.message)
    case 'MessagesMovedOut':
      return words.did_MessagesMovedOut(who(entry), what.messages.length)
    case 'MarkedSpam':
    case 'Archived':
    case 'MergedInto':
      return besides(words[`did_${what._tag}`](who(entry)), what)
    case 'HandoverCompleted':
      return what.because === 'answered' ? words.did_HandoverCompleted : words.did_HandoverTimeout
    case 'Snoozed':
      return words.did_Snoozed(who(entry), what.until === null ? '' : dateAndTime(what.until))
    case 'SnoozeEnded':
      return words.did_SnoozeEnded
    case 'SlaEnded':
      return words.did_SlaEnded
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
      return what.ask === undefined
        ? words.did_HandedOver(what.reason ?? '')
        : words.did_HandoverAsked(what.ask.map((field) => words[`field_${field}`]).join(', '))
    default:
      return words[`did_${what._tag}`](who(entry))
  }
}

/** The conversation that a line leads to. */
export const leadsTo = ({ what }: Entry): string | null => {
  switch (what._tag) {
    case 'MessagesMovedOut':
      return what.to
    case 'MergedInto':
      return what.into
    default:
      return null
  }
}

export const SystemLine = ({
  text,
  at,
  to,
}: {
  readonly text: string
  readonly at: number
  readonly to: string | null
}) => (
  <li class="system-line">
    {text} · <time dateTime={new Date(at).toISOString()}>{clockTime(at)}</time>
    {to !== null && (
      <>
        {' · '}
        <button type="button" class="link" onClick={() => void open(to)}>
          {t().goThere}
        </button>
      </>
    )}
  </li>
)
