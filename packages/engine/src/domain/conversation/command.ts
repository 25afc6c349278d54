import type { Automatic, Json } from '../message/message.ts'
import type { Part } from '../message/part.ts'
import type { TransferTarget } from './entry.ts'
import type { Flag } from './state.ts'

/** What an inbound message says before the decider has looked at it. */
export interface Received {
  readonly externalId?: string
  readonly address: string
  readonly parts: ReadonlyArray<Part>
  readonly providerAt?: number
  readonly automatic?: Automatic
  readonly quote?: number
  readonly meta?: Json
  readonly subject?: string
  readonly matched: string
}

/**
 * What somebody asks for. A reply may carry `expectedLastMessage`: it is refused when a message is newer than that seq.
 */
export type Command =
  | { readonly _tag: 'Receive'; readonly message: Received }
  | {
      readonly _tag: 'Reply'
      readonly parts: ReadonlyArray<Part>
      readonly quote?: number
      readonly cc?: ReadonlyArray<string>
      readonly subject?: string
      readonly expectedLastMessage?: number
    }
  | {
      readonly _tag: 'AddNote'
      readonly parts: ReadonlyArray<Part>
      readonly mentions?: ReadonlyArray<string>
      readonly quote?: number
    }
  | { readonly _tag: 'EditMessage'; readonly message: number; readonly parts: ReadonlyArray<Part> }
  | { readonly _tag: 'DeleteMessage'; readonly message: number }
  | { readonly _tag: 'Snooze'; readonly until?: number }
  | { readonly _tag: 'EndSnooze' }
  | { readonly _tag: 'Close' }
  | { readonly _tag: 'Reopen' }
  | { readonly _tag: 'MarkSpam' }
  | { readonly _tag: 'MarkNotSpam' }
  | { readonly _tag: 'Archive' }
  | { readonly _tag: 'Unarchive' }
  | { readonly _tag: 'Delete' }
  | { readonly _tag: 'Claim' }
  | { readonly _tag: 'TakeOver' }
  | { readonly _tag: 'Release' }
  | { readonly _tag: 'Assign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Unassign'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Transfer'; readonly to: TransferTarget }
  | { readonly _tag: 'Lock' }
  | { readonly _tag: 'Unlock' }
  | { readonly _tag: 'Invite'; readonly agents: ReadonlyArray<string> }
  | { readonly _tag: 'Leave' }
  | { readonly _tag: 'HandOver'; readonly reason?: string }
  | { readonly _tag: 'GiveToBot' }
  | { readonly _tag: 'BlockBot'; readonly bot: string }
  | { readonly _tag: 'UnblockBot'; readonly bot: string }
  | { readonly _tag: 'Flag'; readonly flag: Flag }
  | { readonly _tag: 'Unflag'; readonly flag: Flag }
  | { readonly _tag: 'Tag'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Untag'; readonly tags: ReadonlyArray<string> }
  | { readonly _tag: 'Rename'; readonly title: string | null }
  | { readonly _tag: 'ChangeSubject'; readonly subject: string | null }
