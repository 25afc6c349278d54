import { type Action, may } from '../access/policy.ts'
import type { Command } from './command.ts'
import * as control from './decide/control.ts'
import * as filing from './decide/filing.ts'
import * as messages from './decide/messages.ts'
import * as ownership from './decide/ownership.ts'
import * as status from './decide/status.ts'
import { type Decision, type Verdict, refuse } from './decision.ts'
import type { Facts } from './facts.ts'
import type { Conversation } from './state.ts'

/** What each command takes. A command without an action here does not compile. */
const actions: Readonly<Record<Exclude<Command['_tag'], 'Receive'>, Action>> = {
  Reply: 'reply',
  AddNote: 'see',
  EditMessage: 'see',
  DeleteMessage: 'see',
  Snooze: 'steer',
  EndSnooze: 'steer',
  Close: 'steer',
  Reopen: 'steer',
  MarkSpam: 'steer',
  MarkNotSpam: 'steer',
  Archive: 'steer',
  Unarchive: 'steer',
  Delete: 'erase',
  Claim: 'take',
  TakeOver: 'take',
  Release: 'own',
  Assign: 'steer',
  Unassign: 'steer',
  Transfer: 'steer',
  Lock: 'see',
  Unlock: 'own',
  Invite: 'steer',
  Leave: 'see',
  HandOver: 'steer',
  GiveToBot: 'steer',
  BlockBot: 'steer',
  UnblockBot: 'steer',
  Flag: 'see',
  Unflag: 'see',
  Tag: 'see',
  Untag: 'see',
  Rename: 'see',
  ChangeSubject: 'see',
}

const judge = (state: Conversation, command: Exclude<Command, { readonly _tag: 'Receive' }>, facts: Facts): Verdict => {
  switch (command._tag) {
    case 'Reply':
      return messages.reply(state, command, facts)
    case 'AddNote':
      return messages.addNote(state, command, facts)
    case 'EditMessage':
      return messages.editMessage(command, facts)
    case 'DeleteMessage':
      return messages.deleteMessage(command.message, facts)
    case 'Snooze':
      return status.snooze(state, command.until, facts)
    case 'EndSnooze':
      return status.endSnooze(state, facts)
    case 'Close':
      return status.close(state, facts)
    case 'Reopen':
      return status.reopen(state)
    case 'MarkSpam':
      return status.markSpam(state)
    case 'MarkNotSpam':
      return status.markNotSpam(state)
    case 'Archive':
      return status.archive(state)
    case 'Unarchive':
      return status.unarchive(state)
    case 'Delete':
      return status.erase(state)
    case 'Claim':
      return ownership.claim(state, facts)
    case 'TakeOver':
      return ownership.takeOver(state, facts)
    case 'Release':
      return ownership.release(state)
    case 'Assign':
      return ownership.assign(state, command.agents, facts)
    case 'Unassign':
      return ownership.unassign(state, command.agents)
    case 'Transfer':
      return ownership.transfer(state, command.to, facts)
    case 'Lock':
      return ownership.lock(state, facts)
    case 'Unlock':
      return ownership.unlock(state)
    case 'Invite':
      return ownership.invite(state, command.agents, facts)
    case 'Leave':
      return ownership.leave(state, facts)
    case 'HandOver':
      return control.handOver(state, command.reason)
    case 'GiveToBot':
      return control.giveToBot(state)
    case 'BlockBot':
      return control.blockBot(state, command.bot)
    case 'UnblockBot':
      return control.unblockBot(state, command.bot)
    case 'Flag':
      return filing.flag(state, command.flag)
    case 'Unflag':
      return filing.unflag(state, command.flag)
    case 'Tag':
      return filing.tag(state, command.tags)
    case 'Untag':
      return filing.untag(state, command.tags)
    case 'Rename':
      return filing.rename(state, command.title)
    case 'ChangeSubject':
      return filing.changeSubject(state, command.subject)
  }
}

const verdict = (state: Conversation | undefined, command: Command, facts: Facts): Verdict => {
  // An inbound message is not asked for by anybody: it has happened, and only finds its place.
  if (command._tag === 'Receive') return messages.receive(state, command.message, facts)
  if (state === undefined) return refuse({ _tag: 'NotFound' })
  const refusal = may(facts.actor, actions[command._tag], state, facts)
  return refusal === null ? judge(state, command, facts) : refuse(refusal)
}

/**
 * Decides what a command does to a conversation: pure, total, and the same answer for the same arguments. Never throws.
 *
 * @param state the conversation as it is; undefined when there is none yet.
 * @returns the entries that happen, or the refusal, in which case nothing does.
 *
 * @example
 * ```ts
 * import { decide } from '@guichet/engine/domain'
 *
 * const decision = decide(conversation, { _tag: 'Claim' }, facts)
 * if (decision._tag === 'Accepted') console.log(decision.entries.map(({ seq, what }) => `${seq} ${what._tag}`))
 * console.log(decide({ ...conversation, status: 'spam' }, { _tag: 'Snooze' }, facts))
 * ```
 *
 * ```text
 * [ '2 Claimed' ]
 * { _tag: 'Refused', refusal: { _tag: 'Spam' } }
 * ```
 */
export const decide = (state: Conversation | undefined, command: Command, facts: Facts): Decision => {
  const answer = verdict(state, command, facts)
  if (answer._tag === 'Refused') return answer
  return {
    _tag: 'Accepted',
    entries: [{ seq: (state?.seq ?? 0) + 1, at: facts.now, actor: facts.actor, what: answer.what }],
  }
}
