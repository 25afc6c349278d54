import { system } from '../domain/actor.ts'
import { leavingAs } from '../domain/conversation/can-send.ts'
import type { Part } from '../domain/message/part.ts'
import { type RejectedBecause, lessonOf } from '../domain/message/rejected.ts'
import type { Connected } from './accounts.ts'
import { noteConsent } from './consent/note.ts'
import type { Core } from './core.ts'
import { execute } from './execute.ts'
import { stopSending } from './standing/change.ts'

/** A message that was refused, as it was when it left. */
export interface RefusedMessage {
  readonly conversation: string
  /** The contact's address. */
  readonly address: string
  readonly parts: ReadonlyArray<Part>
  /** Epoch milliseconds: whatever was said since is newer than the refusal. */
  readonly leftAt: number
}

/** Why, and in the provider's own words. */
export interface RefusedFor {
  readonly because: RejectedBecause
  readonly code: string
  readonly message: string
}

/** What a provider's refusal says for the next message, of which the answer to a send and a later report know alike. */
export const heedRefusal = async (
  core: Core,
  to: Connected,
  { conversation, address, parts, leftAt: at }: RefusedMessage,
  { because, code, message }: RefusedFor,
): Promise<void> => {
  const { workspace, account, channel } = to
  const lesson = lessonOf(because, leavingAs(parts) === 'template')
  switch (lesson._tag) {
    case 'Nothing':
      return
    case 'WindowIsClosed':
      if (channel.capabilities.window === undefined) return
      await execute(core, { workspace, conversation, actor: system, command: { _tag: 'RefuseWindow', at } })
      return
    case 'OptedOut': {
      if (channel.capabilities.consent !== true) return
      const said = { given: false, scope: lesson.scope, word: code, at }
      return noteConsent(core, { workspace, account: account.id, address, conversation }, said, 'system')
    }
    case 'AccountIsRefused':
      await stopSending(core, workspace, account.id, { because: lesson.because, code, message }, at)
  }
}
