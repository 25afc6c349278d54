import { decodeEntry } from '../../codec/entry.ts'
import { system } from '../../domain/actor.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { InboundEvent } from '../../ports/channel.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { execute } from '../execute.ts'
import { currentConversation } from '../redirect.ts'
import { heedRefusal } from '../refusals.ts'
import { messageNow } from './message-now.ts'

type Report = Extract<InboundEvent, { readonly _tag: 'DeliveryReported' }>

const entryAt = async (core: Core, workspace: string, { conversation, seq }: MessageAddress) => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const entry = page.entries[0] && decodeEntry(page.entries[0])
  return entry?.seq === seq ? entry : undefined
}

const failed = async (
  core: Core,
  to: Connected,
  { because, error: told }: Report,
  at: MessageAddress,
): Promise<boolean> => {
  const { workspace } = to
  const entry = await entryAt(core, workspace, at)
  if (entry?.what._tag !== 'Reacted' || entry.what.leaves !== true) return false
  const { message, emoji } = entry.what
  const found = await messageNow(core, workspace, { conversation: at.conversation, seq: message })
  const state = found && (await currentConversation(core, workspace, found.at.conversation))
  if (found === undefined || state === undefined) return true
  const { conversation, seq } = found.at
  const error = told ?? { code: because ?? 'failed', message: '' }
  const command = { _tag: 'FailReaction', message: seq, by: entry.actor, emoji, error } as const
  await execute(core, { workspace, conversation, actor: system, command })
  if (because === undefined) return true
  const refused = { conversation, address: state.address, parts: [], leftAt: entry.at }
  await heedRefusal(core, to, refused, { because, ...error })
  return true
}

/**
 * Writes down that a provider reports of a reaction, after it had taken it, that the customer was not told. Answers
 * whether it was of one at all: what stands here may be any entry.
 */
export const failSignal = async (core: Core, to: Connected, report: Report, at: MessageAddress): Promise<boolean> => {
  if (report.status !== 'failed') return false
  try {
    return await failed(core, to, report, at)
  } catch (failure) {
    throw storageFailed(failure)
  }
}
