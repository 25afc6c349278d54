import { decodeContact, encodeContact, encodeContactEntry, linesOf } from '../../codec/contact.ts'
import { type Actor, system } from '../../domain/actor.ts'
import { attributeIssues, changeAttributes } from '../../domain/contact/attributes.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Command } from '../../domain/conversation/command.ts'
import { decide } from '../../domain/conversation/decide.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { evolve } from '../../domain/conversation/evolve.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation, HandoverField } from '../../domain/conversation/state.ts'
import type { BotAction } from '../../ports/bot.ts'
import type { StoredDocument, StoredEntry } from '../../ports/storage.ts'
import type { SendingFacts } from '../consent/sending-facts.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { factsFor, removedAccount } from '../facts.ts'
import { askFor } from './handover-form.ts'
import { knownOf } from './known.ts'

/** What a turn of a bot has led to so far: one answer is carried out whole, in one commit, or not at all. */
export interface Turn {
  readonly core: Core
  readonly setup: Setup
  readonly state: Conversation
  /** What stands in the way of writing to the contact. */
  readonly sending: SendingFacts
  readonly entries: ReadonlyArray<Entry>
  readonly stored: StoredDocument | undefined
  readonly contact: Contact | undefined
  /** Who has written something down about the contact. */
  readonly editor: Actor | undefined
}

export const beginTurn = (
  core: Core,
  setup: Setup,
  state: Conversation,
  stored: StoredDocument | undefined,
  sending: SendingFacts,
): Turn => ({
  core,
  setup,
  state,
  sending,
  entries: [],
  stored,
  contact: stored && decodeContact(stored),
  editor: undefined,
})

type Step = { readonly _tag: 'Went'; readonly turn: Turn } | { readonly _tag: 'Refused'; readonly refusal: Refusal }

const went = (turn: Turn): Step => ({ _tag: 'Went', turn })

/** One command of a turn. That there was nothing to do stops nobody. */
const act = (turn: Turn, actor: Actor, command: Command, lacking: ReadonlyArray<HandoverField> = []): Step => {
  const { core, setup, state, sending } = turn
  const account = setup.accounts.get(state.account) ?? removedAccount(state)
  const decision = decide(state, command, { ...factsFor(core, setup, account, actor, { sending }), lacking })
  if (decision._tag === 'Refused') return decision.refusal._tag === 'NothingToDo' ? went(turn) : decision
  const after = decision.entries.reduce<Conversation | undefined>(evolve, state) ?? state
  return went({ ...turn, state: after, entries: [...turn.entries, ...decision.entries] })
}

/** Hands over, and asks for what is not known of the contact yet, where that can be asked at all. */
const handOver = (
  turn: Turn,
  actor: Actor,
  reason: string | undefined,
  fields: ReadonlyArray<HandoverField> | undefined,
): Step => {
  const { core, setup, contact, state } = turn
  const account = setup.accounts.get(state.account)
  const known = knownOf(contact)
  const reachable = account !== undefined && core.channels.has(account.channel)
  const lacking = reachable ? (fields ?? account.handover?.ask ?? []).filter((field) => !known.includes(field)) : []
  const handed = act(turn, actor, { _tag: 'HandOver', ...(reason === undefined ? {} : { reason }) }, lacking)
  const asks = handed._tag === 'Went' && state.handover === null && handed.turn.state.handover !== null
  if (!asks) return handed
  const asked = act(handed.turn, system, { _tag: 'Reply', parts: askFor(lacking, contact?.language) })
  // What cannot be asked is not waited for.
  return asked._tag === 'Went'
    ? asked
    : act(turn, actor, { _tag: 'HandOver', ...(reason === undefined ? {} : { reason }) })
}

const setOnContact = (
  turn: Turn,
  editor: Actor,
  attributes: Extract<BotAction, { _tag: 'SetAttributes' }>['attributes'],
): Step => {
  const { core, setup, contact, state } = turn
  const account = setup.accounts.get(state.account) ?? removedAccount(state)
  const definitions = factsFor(core, setup, account, system).attributes ?? new Map()
  const issues = attributeIssues(attributes, 'contact', definitions)
  if (issues.length > 0) return { _tag: 'Refused', refusal: { _tag: 'Invalid', what: 'attributes', issues } }
  if (contact === undefined) return went(turn)
  return went({ ...turn, editor, contact: { ...contact, custom: changeAttributes(contact.custom, attributes) } })
}

const perform = (turn: Turn, actor: Actor, action: BotAction): Step => {
  switch (action._tag) {
    case 'Say': {
      const { parts, memory } = action
      return act(turn, actor, { _tag: 'Reply', parts, ...(memory === undefined ? {} : { meta: memory }) })
    }
    case 'HandOver':
      return handOver(turn, actor, action.reason, undefined)
    case 'AskDetails':
      return handOver(turn, actor, action.reason, action.fields)
    case 'Close':
      return act(turn, actor, { _tag: 'Close' })
    case 'Tag':
      return act(turn, actor, { _tag: 'Tag', tags: action.tags })
    case 'SetAttributes':
      return action.of === 'contact'
        ? setOnContact(turn, actor, action.attributes)
        : act(turn, actor, { _tag: 'SetAttributes', attributes: action.attributes })
  }
}

/** What ends a turn: nothing that a bot wants after it is done any more. */
const ends = (action: BotAction): boolean =>
  action._tag === 'HandOver' || action._tag === 'AskDetails' || action._tag === 'Close'

/** Everything that a bot has answered, as its own acts; the first refusal of any of them is that of all. */
export const performAll = (turn: Turn, bot: string, actions: ReadonlyArray<BotAction>): Step => {
  const last = actions.findIndex(ends)
  const wanted = last === -1 ? actions : actions.slice(0, last + 1)
  return wanted.reduce<Step>(
    (step, action) => (step._tag === 'Went' ? perform(step.turn, { kind: 'bot', id: bot }, action) : step),
    went(turn),
  )
}

/** Whether the customer has heard something, or will hear from a person. */
export const answersCustomer = (actions: ReadonlyArray<BotAction>): boolean =>
  actions.some((action) => action._tag === 'Say' || ends(action))

/** The engine hands over for a bot that could not. */
export const handOverFor = (turn: Turn, reason: string): Turn => {
  const step = handOver(turn, system, reason, undefined)
  return step._tag === 'Went' ? step.turn : turn
}

/** A bot that was run by hand has had its turn. */
export const finish = (turn: Turn, bot: string, reason: string | undefined): Turn => {
  const step = act(turn, system, { _tag: 'FinishBot', bot, ...(reason === undefined ? {} : { reason }) })
  return step._tag === 'Went' ? step.turn : turn
}

interface ContactChanges {
  readonly documents: ReadonlyArray<StoredDocument>
  readonly entries: ReadonlyArray<StoredEntry>
}

/** The contact as the turn leaves it, and who did it: a bot's edit is journaled like a colleague's. */
export const contactChanges = ({ core, stored, contact, editor }: Turn): ContactChanges => {
  if (stored === undefined || contact === undefined || editor === undefined) return { documents: [], entries: [] }
  const line = linesOf(stored) + 1
  const what = { _tag: 'ContactEdited', fields: ['custom'] } as const
  return {
    documents: [encodeContact(contact, stored.version + 1, line)],
    entries: [encodeContactEntry(contact.id, line, { at: core.clock.now(), actor: editor, what })],
  }
}
