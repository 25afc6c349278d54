import { may } from '../../access/policy.ts'
import { can } from '../../access/permissions.ts'
import { type ConsentChange, consentAfter, nothingSaid } from '../../contact/consent.ts'
import type { Command } from '../command.ts'
import { type Verdict, happens, nothingToDo, refuse } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Refusal } from '../refusal.ts'
import type { Conversation } from '../state.ts'

type ChangeConsent = Extract<Command, { readonly _tag: 'ChangeConsent' }>

/** The most that is kept of what somebody said, in characters. */
const wordAtMost = 1_000

/** Whoever may answer takes note that nobody is to write; that somebody may again takes who answers for contacts. */
const amiss = (state: Conversation, { given, word }: ChangeConsent, facts: Facts): Refusal | null => {
  const { actor } = facts
  if (actor.kind === 'bot') return { _tag: 'Forbidden', action: 'changeConsent' }
  if (actor.kind !== 'agent') return null
  const agent = facts.agents.get(actor.id)
  const manages = agent !== undefined && can(agent, 'editContacts')
  if (!manages && given) return { _tag: 'Forbidden', action: 'editContacts' }
  const refusal = manages ? null : may(actor, 'reply', state, facts)
  if (refusal !== null) return refusal
  if (facts.channel?.consent !== true) return { _tag: 'Unsupported', feature: 'consent' }
  return word.trim() === ''
    ? { _tag: 'Invalid', what: 'consent', issues: ['word: what the contact wrote or said'] }
    : null
}

/** What an entry or a command says, as it is kept at the address. */
export const consentChangeOf = (
  { given, scope, word, at, arrivedAt }: Pick<ConsentChange, 'given' | 'scope' | 'word' | 'at' | 'arrivedAt'>,
  actor: Facts['actor'],
): ConsentChange => ({
  given,
  scope,
  word,
  at,
  ...(arrivedAt === undefined ? undefined : { arrivedAt }),
  ...(actor.kind === 'agent' ? { by: 'agent', agent: actor.id } : { by: 'contact' }),
})

export const changeConsent = (state: Conversation, command: ChangeConsent, facts: Facts): Verdict => {
  const refusal = amiss(state, command, facts)
  if (refusal !== null) return refuse(refusal)
  const { given, scope, arrivedAt } = command
  const at = facts.actor.kind === 'agent' ? facts.now : Math.min(command.at ?? facts.now, facts.now)
  const said = {
    given,
    scope,
    word: command.word.trim().slice(0, wordAtMost),
    at,
    ...(arrivedAt === undefined ? undefined : { arrivedAt }),
  }
  const consent = facts.sending?.consent ?? nothingSaid
  if (consentAfter(consent, consentChangeOf(said, facts.actor)) === consent) return nothingToDo
  return happens({ _tag: 'ConsentChanged', ...said })
}
