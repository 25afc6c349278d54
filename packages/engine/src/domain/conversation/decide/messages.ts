import { tooMuch } from '../../message/limits.ts'
import { type InboundMessage, clampSentAt } from '../../message/message.ts'
import { type FileRef, type Part, saysSomething } from '../../message/part.ts'
import type { Command, Received } from '../command.ts'
import { type Verdict, happens, refuse } from '../decision.ts'
import type { Start } from '../entry.ts'
import type { Facts } from '../facts.ts'
import type { Conversation, Status } from '../state.ts'
import { transitions } from '../transitions.ts'

/** What is said: by the customer, to the customer, and among colleagues. */

const start = (facts: Facts, subject: string | null): Start | undefined =>
  facts.start && {
    ...facts.start,
    account: facts.account.id,
    channel: facts.account.channel,
    queue: facts.account.queue,
    control: facts.account.bots ? 'bot' : 'team',
    subject,
  }

/** What the customer's message does to the status; undefined leaves it. `place` has already chosen new over append. */
const statusAfterReceiving = (state: Conversation, facts: Facts): Status | undefined => {
  const cell = transitions.customerWrites[state.status]
  if (cell._tag !== 'ByPolicy') return undefined
  const { policy } = facts.account
  switch (state.status) {
    case 'pending':
      return policy.pending === 'open' ? 'open' : undefined
    case 'closed':
      return 'open'
    case 'archived':
      return policy.archived === 'reopen' ? 'open' : undefined
    case 'open':
    case 'spam':
      return undefined
  }
}

const saidBy = (message: Received, facts: Facts): InboundMessage => {
  const { parts, matched, externalId, providerAt, automatic, quote, meta } = message
  return {
    direction: 'in',
    author: facts.actor,
    parts,
    matched,
    sentAt: clampSentAt(providerAt, facts.now),
    ...(externalId === undefined ? undefined : { externalId }),
    ...(providerAt === undefined ? undefined : { providerAt }),
    ...(automatic === undefined ? undefined : { automatic }),
    ...(quote === undefined ? undefined : { quote }),
    ...(meta === undefined ? undefined : { meta }),
  }
}

export const receive = (state: Conversation | undefined, message: Received, facts: Facts): Verdict => {
  const subject = message.subject ?? null
  if (!saysSomething(message.parts)) return refuse({ _tag: 'Empty' })
  const received = saidBy(message, facts)
  if (state === undefined) {
    const begins = start(facts, subject)
    return begins === undefined
      ? refuse({ _tag: 'NotFound' })
      : happens({ _tag: 'MessageReceived', message: received, start: begins })
  }
  const { address } = message
  const known = state.known.includes(address) ? received : { ...received, stranger: true as const, from: address }
  const status = message.automatic === undefined ? statusAfterReceiving(state, facts) : undefined
  if (status === undefined) return happens({ _tag: 'MessageReceived', message: known })
  const toBots = state.status !== 'pending' && facts.account.bots
  return happens({ _tag: 'MessageReceived', message: known, status, ...(toBots ? { control: 'bot' as const } : {}) })
}

export const reply = (
  state: Conversation,
  command: Extract<Command, { readonly _tag: 'Reply' }>,
  facts: Facts,
): Verdict => {
  const cell = transitions.agentReplies[state.status]
  if (cell._tag === 'Refused') return cell
  if (facts.channel === null) return refuse({ _tag: 'CannotSend', reason: 'noChannel' })
  // Somebody who was meant to read it must not be left out in silence.
  if ((command.cc?.length ?? 0) > 0 && !facts.channel.cc) return refuse({ _tag: 'Unsupported', feature: 'cc' })
  const refusal = tooMuch(command.parts, facts.channel)
  if (refusal !== null) return refuse(refusal)
  const { expectedLastMessage } = command
  const last = state.lastMessage?.seq ?? 0
  if (expectedLastMessage !== undefined && last > expectedLastMessage) {
    return refuse({ _tag: 'Unseen', expected: expectedLastMessage, actual: last })
  }
  const { actor } = facts
  const claims = actor.kind === 'agent' && state.owner === null && facts.queues.get(state.queue)?.claimOnReply === true
  return happens({
    _tag: 'MessageSent',
    message: {
      direction: 'out',
      author: actor,
      parts: command.parts,
      sentAt: facts.now,
      ...(command.quote === undefined ? undefined : { quote: command.quote }),
      ...(command.cc === undefined || command.cc.length === 0 ? undefined : { cc: command.cc }),
      ...(command.subject === undefined ? undefined : { subject: command.subject }),
    },
    ...(cell._tag === 'To' ? { status: cell.status } : undefined),
    ...(actor.kind === 'agent' && state.control === 'bot' ? { control: 'team' as const } : undefined),
    ...(claims ? { claimed: true as const } : undefined),
  })
}

/** Notes never leave, so the channel's limits do not concern them. */
export const addNote = (
  state: Conversation,
  command: Extract<Command, { readonly _tag: 'AddNote' }>,
  facts: Facts,
): Verdict => {
  if (!saysSomething(command.parts)) return refuse({ _tag: 'Empty' })
  const mentions = [...new Set(command.mentions ?? [])]
  const unknown = mentions.find((id) => !facts.agents.has(id))
  if (unknown !== undefined) return refuse({ _tag: 'UnknownAgent', agent: unknown })
  return happens({
    _tag: 'NoteAdded',
    message: {
      direction: 'note',
      author: facts.actor,
      parts: command.parts,
      sentAt: facts.now,
      mentions,
      ...(command.quote === undefined ? undefined : { quote: command.quote }),
    },
  })
}

/** Whose words they are: the author's, and for removal also a manager's. */
const amend = (message: number, facts: Facts, act: 'edit' | 'delete'): Verdict | null => {
  const { target, actor } = facts
  if (target === undefined || target.deleted) return refuse({ _tag: 'UnknownMessage', message })
  const own = target.author.kind === actor.kind && target.author.id === actor.id
  const leads = actor.kind === 'system' || (actor.kind === 'agent' && facts.agents.get(actor.id)?.role !== 'agent')
  if (!own && !(act === 'delete' && leads)) return refuse({ _tag: 'Forbidden', action: act })
  // What has left can only be changed where the channel carries the change to the customer.
  if (target.direction === 'out' && facts.channel?.[act] !== true) return refuse({ _tag: 'Unsupported', feature: act })
  return null
}

/** New words leave the files alone; only new files replace them. */
const withFiles = (parts: ReadonlyArray<Part>, files: ReadonlyArray<FileRef>): ReadonlyArray<Part> =>
  parts.some((part) => part._tag === 'File')
    ? parts
    : [...parts, ...files.map((file): Part => ({ _tag: 'File', file }))]

export const editMessage = (command: Extract<Command, { readonly _tag: 'EditMessage' }>, facts: Facts): Verdict => {
  const refused = amend(command.message, facts, 'edit')
  if (refused !== null) return refused
  const parts = withFiles(command.parts, facts.target?.files ?? [])
  const refusal =
    facts.target?.direction === 'out' && facts.channel !== null
      ? tooMuch(parts, facts.channel)
      : saysSomething(parts)
        ? null
        : ({ _tag: 'Empty' } as const)
  return refusal === null ? happens({ _tag: 'MessageEdited', message: command.message, parts }) : refuse(refusal)
}

export const deleteMessage = (message: number, facts: Facts): Verdict =>
  amend(message, facts, 'delete') ?? happens({ _tag: 'MessageDeleted', message })
