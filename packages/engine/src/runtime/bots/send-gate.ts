import { decodeConversation } from '../../codec/conversation.ts'
import { decodeEntry } from '../../codec/entry.ts'
import { system } from '../../domain/actor.ts'
import { botMay, mayLeave } from '../../domain/conversation/bot-gate.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Core } from '../core.ts'
import { execute } from '../execute.ts'
import { noNeeds } from '../view.ts'

/** What has happened since, up to now. */
const entriesSince = async (
  core: Core,
  workspace: string,
  conversation: string,
  seq: number,
): Promise<ReadonlyArray<Entry>> => {
  const entries: Array<Entry> = []
  for (;;) {
    const after = entries.at(-1)?.seq ?? seq
    const page = await core.storage.timeline({ workspace, conversation, after, limit: 200 })
    if (page.entries.length === 0) return entries
    entries.push(...page.entries.map(decodeEntry))
  }
}

/** The gate as it is when a message of a bot is about to leave, and the version of the conversation it was asked at. */
export type SendGate =
  | { readonly _tag: 'Open'; readonly version?: number }
  | { readonly _tag: 'Closed'; readonly state: Conversation; readonly bot: string; readonly because: string }

/** Asks the gate of the bots again, just before what one of them has said leaves. */
export const sendGate = async (core: Core, workspace: string, conversation: string, said: Entry): Promise<SendGate> => {
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const row = loaded.conversations[0]
  if (row === undefined) return { _tag: 'Open' }
  const state = decodeConversation(row)
  if (botMay(state, said.actor.id) === null) return { _tag: 'Open', version: state.seq }
  const refusal = mayLeave(state, said, await entriesSince(core, workspace, conversation, said.seq))
  if (refusal === null) return { _tag: 'Open', version: state.seq }
  return {
    _tag: 'Closed',
    state,
    bot: said.actor.id,
    because: refusal._tag === 'BotSilenced' ? refusal.because : refusal._tag,
  }
}

/** Where the bots still have it, as when one of them was blocked, the customer would wait for what is dropped. */
export const handOverDropped = async (
  core: Core,
  workspace: string,
  { id, status, control, handover }: Conversation,
  bot: string,
): Promise<void> => {
  if (status !== 'open' || control !== 'bot' || handover !== null) return
  const command = { _tag: 'HandOver', reason: `botBlocked: ${bot}` } as const
  await execute(core, { workspace, conversation: id, actor: system, command })
}
