import { checkAnswers, withLabels } from '../../message/asked.ts'
import { checkParts } from '../../message/check-parts.ts'
import { tooMuch } from '../../message/limits.ts'
import { type InboundMessage, clampSentAt } from '../../message/message.ts'
import { type Part, saysSomething } from '../../message/part.ts'
import { isRich } from '../../message/written-out.ts'
import { botTurnsAtMost } from '../bot-gate.ts'
import { leavingAs } from '../can-send.ts'
import type { Command, Received } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Start } from '../entry.ts'
import type { Facts, TargetFacts } from '../facts.ts'
import type { Conversation, Status } from '../state.ts'
import { transitions } from '../transitions.ts'
import { comesBack } from './distribution.ts'
import { madeNeedless } from './schedule.ts'
import { sentIn, unsayable, unsendable } from './sending.ts'
import { beginsTranslated } from './translation.ts'
import { reminding } from './window.ts'

/** What is said: by the customer, to the customer, and among colleagues. */

const start = (facts: Facts, subject: string | null): Start | undefined =>
  facts.start && {
    ...facts.start,
    account: facts.account.id,
    channel: facts.account.channel,
    queue: facts.start.routed?.queue ?? facts.account.queue,
    control: facts.account.bots ? 'bot' : 'team',
    subject,
    ...beginsTranslated(facts),
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
    parts: withLabels(parts, facts.asked),
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
  const amiss = checkAnswers(message.parts, facts.asked)
  if (amiss !== null) return refuse(amiss)
  const received = saidBy(message, facts)
  const reminds = message.automatic === undefined ? reminding(state, received.sentAt, facts) : undefined
  if (state === undefined) {
    const begins = start(facts, subject)
    return begins === undefined
      ? refuse({ _tag: 'NotFound' })
      : happens({ _tag: 'MessageReceived', message: received, start: begins, ...reminds })
  }
  const { address } = message
  const known = state.known.includes(address) ? received : { ...received, stranger: true as const, from: address }
  const status = message.automatic === undefined ? statusAfterReceiving(state, facts) : undefined
  const cancelled = message.automatic === undefined ? madeNeedless(state) : undefined
  const needless = cancelled === undefined ? undefined : { cancelled }
  if (status === undefined) {
    // Whatever is said while details are waited for is taken as the answer.
    const completes = state.handover !== null && message.automatic === undefined
    return happens({
      _tag: 'MessageReceived',
      message: known,
      ...needless,
      ...reminds,
      ...(completes ? { completesHandover: true as const } : undefined),
    })
  }
  const toBots = state.status !== 'pending' && facts.account.bots
  const cameBack = comesBack(state, facts)
  return happens({
    _tag: 'MessageReceived',
    message: known,
    ...needless,
    ...reminds,
    status,
    ...(toBots ? { control: 'bot' as const } : undefined),
    ...(cameBack === undefined ? undefined : { cameBack }),
  })
}

/** The first of these who is not an agent of the workspace. */
export const stranger = (agents: ReadonlyArray<string>, facts: Facts): string | undefined =>
  agents.find((id) => !facts.agents.has(id))

export const reply = (
  state: Conversation,
  command: Extract<Command, { readonly _tag: 'Reply' }>,
  facts: Facts,
): Verdict => {
  const cell = transitions.agentReplies[state.status]
  if (cell._tag === 'Refused') return cell
  const refusal = unsayable(command, facts) ?? unsendable(state, leavingAs(command.parts), facts)
  if (refusal !== null) return refuse(refusal)
  if (facts.actor.kind === 'bot' && state.botTurns >= botTurnsAtMost) {
    return refuse({ _tag: 'TooMany', what: 'messages of bots in a row', max: botTurnsAtMost })
  }
  const { expectedLastMessage } = command
  const last = state.lastMessage?.seq ?? 0
  if (expectedLastMessage !== undefined && last > expectedLastMessage) {
    return refuse({ _tag: 'Unseen', expected: expectedLastMessage, actual: last })
  }
  return happens(sentIn(state, command, facts))
}

/** Notes never leave, so the channel's limits do not concern them. With `status` one takes the conversation there. */
export const addNote = (
  command: Extract<Command, { readonly _tag: 'AddNote' | 'Reply' }>,
  facts: Facts,
  status?: Status,
): Verdict => {
  const amiss = checkParts(command.parts, facts.attributes)
  if (amiss !== null) return refuse(amiss)
  if (!saysSomething(command.parts)) return refuse({ _tag: 'Empty' })
  const mentions = [...new Set(command.mentions ?? [])]
  const unknown = stranger(mentions, facts)
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
    ...(status === undefined ? undefined : { status }),
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

/** New words leave everything else alone; only new files replace files, and what was offered stays offered. */
const withTheRest = (parts: ReadonlyArray<Part>, target: TargetFacts | undefined): ReadonlyArray<Part> => [
  ...parts,
  ...(parts.some(isRich) ? [] : (target?.rich ?? [])),
  ...(parts.some((part) => part._tag === 'File')
    ? []
    : (target?.files ?? []).map((file): Part => ({ _tag: 'File', file }))),
]

export const editMessage = (command: Extract<Command, { readonly _tag: 'EditMessage' }>, facts: Facts): Verdict => {
  const refused = amend(command.message, facts, 'edit')
  if (refused !== null) return refused
  const { revision } = command
  if (revision !== undefined && revision < (facts.target?.revision ?? revision)) return nothingToDo
  const own = facts.target?.direction !== 'in'
  // An answer is looked at once, when it comes: it cannot become another one afterwards.
  const amiss = own ? checkParts(command.parts, facts.attributes) : checkAnswers(command.parts, undefined)
  if (amiss !== null) return refuse(amiss)
  const parts = withTheRest(command.parts, facts.target)
  const refusal =
    facts.target?.direction === 'out' && facts.channel !== null
      ? tooMuch(parts, facts.channel)
      : saysSomething(parts)
        ? null
        : ({ _tag: 'Empty' } as const)
  if (refusal !== null) return refuse(refusal)
  const numbered = revision === undefined ? undefined : { revision }
  return happens({ _tag: 'MessageEdited', message: command.message, parts, ...numbered })
}

export const deleteMessage = (message: number, facts: Facts): Verdict =>
  amend(message, facts, 'delete') ?? happens({ _tag: 'MessageDeleted', message })
