import type { Refusal } from '@guichet/engine/domain'
import { fileSize } from '../../shared/time.ts'
import type { Failure } from '../api.ts'
import { reasonOf } from './sending.ts'
import { t } from './t.ts'

interface Names {
  readonly agent: (id: string) => string
  readonly contact: string
  /** How long the owner has had it, or nothing when that is not known. */
  readonly ownedFor: string
}

/** A refusal as a sentence: who or what is in the way. */
export const sentence = (failure: Failure, names: Names): string => {
  const words = t()
  const refusal = failure as
    | Refusal
    | { readonly _tag: 'Network' | 'Internal' | 'BadJson' | 'UnknownAct' | 'BodyTooLarge' }
  switch (refusal._tag) {
    case 'AlreadyOwned':
      return words.no_AlreadyOwned(names.agent(refusal.owner), names.ownedFor)
    case 'Unseen':
      return words.no_Unseen(names.contact)
    case 'Conflict':
      return words.no_Conflict
    case 'NotFound':
      return words.no_NotFound
    case 'Forbidden':
      return words.no_Forbidden
    case 'Locked':
      return words.no_Locked(names.agent(refusal.owner))
    case 'NotOwned':
      return words.no_NotOwned
    case 'NotOwner':
      return refusal.owner === null ? words.no_NotOwned : words.no_NotOwner(names.agent(refusal.owner))
    case 'MayNotReply':
      return words.no_MayNotReply(names.agent(refusal.agent))
    case 'AlreadyOpen':
    case 'AlreadyClosed':
    case 'AlreadySpam':
    case 'AlreadyArchived':
    case 'NothingToDo':
      return words.no_already
    case 'Spam':
      return words.no_Spam
    case 'Archived':
      return words.no_Archived
    case 'WrongStatus':
      return words.no_WrongStatus(words[`status_${refusal.status}`])
    case 'Empty':
      return words.no_Empty
    case 'PastTime':
      return words.no_PastTime
    case 'TooManyFiles':
      return words.no_TooManyFiles(refusal.max)
    case 'FileTooLarge':
      return words.no_FileTooLarge(refusal.name, fileSize(refusal.max))
    case 'FileTypeForbidden':
      return words.no_FileTypeForbidden(refusal.name)
    case 'TextTooLong':
      return words.no_TextTooLong(refusal.max)
    case 'CannotSend':
      return words.no_CannotSend(reasonOf(refusal.reason))
    case 'NotOffered':
      return words.no_NotOffered
    case 'NotReachable':
      return words.no_NotReachable
    case 'AtCapacity':
      return words.no_AtCapacity(names.agent(refusal.agent), refusal.capacity)
    case 'NotAvailable':
      return words.no_NotAvailable(names.agent(refusal.agent))
    case 'Invalid':
      return words.no_Invalid(refusal.issues.join(' ; '))
    case 'UnknownTemplate':
      return words.no_UnknownTemplate
    case 'UnknownMessage':
      return words.no_UnknownMessage
    case 'UnknownSlashCommand':
      return words.no_UnknownSlashCommand(refusal.name, refusal.known.map((one) => `/${one}`).join(', '))
    case 'UnknownSchedule':
      return words.no_UnknownSchedule
    case 'Unsupported':
      return words.no_Unsupported(refusal.feature)
    case 'TooMany':
      return words.no_TooMany(refusal.max)
    case 'Mismatch':
      return words.no_Mismatch
    case 'UnknownAccount':
      return words.no_UnknownAccount
    case 'UnknownContact':
      return words.no_UnknownContact
    case 'InUse':
      return words.no_InUse(refusal.by)
    case 'BotSilenced':
      return refusal.because === 'blocked' ? words.no_BotSilencedBlocked : words.no_BotSilenced
    case 'UnknownBot':
      return words.no_UnknownBot
    case 'Network':
      return words.no_network
    default:
      return words.no_other
  }
}
