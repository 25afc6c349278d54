import { type Action, may } from '../access/policy.ts'
import { isInternal, meansNothingInside } from './chat.ts'
import type { Command } from './command.ts'
import { changeAddress } from './decide/address.ts'
import * as chat from './decide/chat.ts'
import * as control from './decide/control.ts'
import * as distribution from './decide/distribution.ts'
import { recordFile } from './decide/files.ts'
import { echo } from './decide/echo.ts'
import * as filing from './decide/filing.ts'
import * as messages from './decide/messages.ts'
import * as ownership from './decide/ownership.ts'
import { failReaction, reactTo } from './decide/reactions.ts'
import { changeConsent } from './decide/consent.ts'
import * as windows from './decide/window.ts'
import * as schedules from './decide/schedule.ts'
import { start } from './decide/start.ts'
import * as status from './decide/status.ts'
import * as translation from './decide/translation.ts'
import { withSla } from '../sla/clock.ts'
import { missSla } from '../sla/miss.ts'
import { type Decision, type Verdict, refuse } from './decision.ts'
import type { Facts } from './facts.ts'
import type { Conversation } from './state.ts'

/** What each command takes. A command without an action here does not compile. */
const actions: Readonly<Record<Exclude<Command['_tag'], 'Receive' | 'Echo' | 'Start' | 'Discuss'>, Action>> = {
  Reply: 'reply',
  Schedule: 'reply',
  ChangeSchedule: 'reply',
  CancelSchedule: 'see',
  SendScheduled: 'steer',
  AddNote: 'see',
  React: 'see',
  FailReaction: 'direct',
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
  SetPriority: 'steer',
  Distribute: 'direct',
  OfferTo: 'direct',
  AcceptOffer: 'take',
  DeclineOffer: 'take',
  ExpireOffer: 'direct',
  Overflow: 'direct',
  ReturnToQueue: 'direct',
  Lock: 'see',
  Unlock: 'own',
  Invite: 'steer',
  Leave: 'see',
  HandOver: 'steer',
  GiveToBot: 'steer',
  BlockBot: 'steer',
  UnblockBot: 'steer',
  RunBot: 'steer',
  FinishBot: 'steer',
  CompleteHandover: 'steer',
  Flag: 'see',
  Unflag: 'see',
  Tag: 'see',
  Untag: 'see',
  Rename: 'see',
  ChangeSubject: 'see',
  SetAttributes: 'see',
  MissSla: 'steer',
  RemindOfWindow: 'steer',
  RefuseWindow: 'steer',
  ChangeConsent: 'see',
  ChangeControl: 'steer',
  TakeControl: 'reply',
  PassControl: 'reply',
  RefuseControl: 'direct',
  ChangeAddress: 'direct',
  SetTranslation: 'see',
  RecordTranslation: 'see',
  RecordFile: 'see',
}

const judge = (
  state: Conversation,
  command: Exclude<Command, { readonly _tag: 'Receive' | 'Echo' | 'Start' | 'Discuss' }>,
  facts: Facts,
): Verdict => {
  switch (command._tag) {
    case 'Reply':
      return isInternal(state) ? chat.say(state, command, facts) : messages.reply(state, command, facts)
    case 'Schedule':
      return schedules.schedule(state, command, facts)
    case 'ChangeSchedule':
      return schedules.changeSchedule(state, command, facts)
    case 'CancelSchedule':
      return schedules.cancelSchedule(state, command.schedule, facts)
    case 'SendScheduled':
      return schedules.sendScheduled(state, command, facts)
    case 'AddNote':
      return isInternal(state) ? chat.say(state, command, facts) : messages.addNote(command, facts)
    case 'React':
      return reactTo(state, command, facts)
    case 'FailReaction':
      return failReaction(command, facts)
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
      return status.reopen(state, facts)
    case 'MarkSpam':
      return status.markSpam(state)
    case 'MarkNotSpam':
      return status.markNotSpam(state, facts)
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
      return ownership.unassign(state, command.agents, facts)
    case 'Transfer':
      return ownership.transfer(state, command.to, facts)
    case 'SetPriority':
      return distribution.setPriority(state, command.priority)
    case 'Distribute':
      return distribution.distribute(state, command, facts)
    case 'OfferTo':
      return distribution.offerTo(state, command, facts)
    case 'AcceptOffer':
      return distribution.acceptOffer(state, facts)
    case 'DeclineOffer':
      return distribution.declineOffer(state, facts)
    case 'ExpireOffer':
      return distribution.expireOffer(state, facts)
    case 'Overflow':
      return distribution.overflow(state, command, facts)
    case 'ReturnToQueue':
      return distribution.returnToQueue(state, command)
    case 'Lock':
      return ownership.lock(state, facts)
    case 'Unlock':
      return ownership.unlock(state)
    case 'Invite':
      return ownership.invite(state, command.agents, facts)
    case 'Leave':
      return ownership.leave(state, facts)
    case 'SetTranslation':
      return translation.setTranslation(state, command.translation, facts)
    case 'RecordTranslation':
      return translation.recordTranslation(command, facts)
    case 'RecordFile':
      return recordFile(command, facts)
    case 'HandOver':
      return control.handOver(state, command.reason, facts)
    case 'GiveToBot':
      return control.giveToBot(state, facts)
    case 'BlockBot':
      return control.blockBot(state, command.bot, facts)
    case 'UnblockBot':
      return control.unblockBot(state, command.bot, facts)
    case 'RunBot':
      return control.runBot(state, command.bot, facts)
    case 'FinishBot':
      return control.finishBot(state, command.bot, command.reason, facts)
    case 'CompleteHandover':
      return control.completeHandover(state, command, facts)
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
    case 'SetAttributes':
      return filing.setAttributes(state, command.attributes, facts)
    case 'MissSla':
      return missSla(state, command.target, facts)
    case 'RemindOfWindow':
      return windows.remindOfWindow(state, facts)
    case 'RefuseWindow':
      return windows.refuseWindow(state, command.at, facts)
    case 'ChangeConsent':
      return changeConsent(state, command, facts)
    case 'ChangeAddress':
      return changeAddress(state, command)
    case 'ChangeControl':
      return control.changeControl(state, command, facts)
    case 'TakeControl':
      return control.askControl(state, true, facts)
    case 'PassControl':
      return control.askControl(state, false, facts)
    case 'RefuseControl':
      return control.refuseControl(state, command)
  }
}

const verdict = (state: Conversation | undefined, command: Command, facts: Facts): Verdict => {
  // What was said elsewhere is not asked for by anybody: it has happened, and only finds its place.
  if (command._tag === 'Receive') return messages.receive(state, command.message, facts)
  if (command._tag === 'Echo') return echo(state, command, facts)
  if (command._tag === 'Start') return start(state, command, facts)
  if (command._tag === 'Discuss') return chat.discuss(command, facts)
  if (state === undefined) return refuse({ _tag: 'NotFound' })
  const refusal = may(facts.actor, actions[command._tag], state, facts)
  if (refusal !== null) return refuse(refusal)
  if (meansNothingInside(state, command)) return refuse({ _tag: 'Unsupported', feature: command._tag })
  return judge(state, command, facts)
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
  const entry = { seq: (state?.seq ?? 0) + 1, at: facts.now, actor: answer.actor ?? facts.actor, what: answer.what }
  return { _tag: 'Accepted', entries: [withSla(state, entry, facts.sla)] }
}
