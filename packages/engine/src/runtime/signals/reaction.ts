import { decodeConversation } from '../../codec/conversation.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Actor } from '../../domain/actor.ts'
import { canSend } from '../../domain/conversation/can-send.ts'
import type { Happening } from '../../domain/conversation/entry.ts'
import { transitions } from '../../domain/conversation/transitions.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import { ourSign } from '../../domain/message/reaction.ts'
import { sendingNow } from '../consent/now.ts'
import type { Core } from '../core.ts'
import { noNeeds } from '../view.ts'
import { channelFacts } from '../facts.ts'
import { messageNow } from './message-now.ts'
import { idAtProvider } from './provider-id.ts'
import type { Standing, Telling } from './telling.ts'

type Reacted = Extract<Happening, { readonly _tag: 'Reacted' }>

/** So many entries are looked at in one read. */
const pageSize = 200

/** Whether somebody of ours has reacted to the same message since: what is told then says it all. */
const isOvertaken = async (core: Core, workspace: string, at: MessageAddress, since: number): Promise<boolean> => {
  for (let after = since; ; ) {
    const page = await core.storage.timeline({
      workspace,
      conversation: at.conversation,
      kinds: ['event'],
      after,
      limit: pageSize,
    })
    const entries = page.entries.map(decodeEntry)
    const newer = entries.some(({ what }) => what._tag === 'Reacted' && what.leaves === true && what.message === at.seq)
    const last = entries.at(-1)
    if (newer || last === undefined || entries.length < pageSize) return newer
    after = last.seq
  }
}

/**
 * How we react to a message, as the customer is to see it: the sign that stands there for all of ours when it leaves, held
 * then to all that an answer is held to.
 */
export const reaction = (
  core: Core,
  workspace: string,
  asked: MessageAddress,
  { message, emoji }: Reacted,
  by: Actor,
): Telling => ({
  standing: async (): Promise<Standing> => {
    const found = await messageNow(core, workspace, { conversation: asked.conversation, seq: message })
    if (found === undefined) return { _tag: 'Nothing' }
    const { at } = found
    const since = at.conversation === asked.conversation ? asked.seq : at.seq
    if (await isOvertaken(core, workspace, at, since)) return { _tag: 'Nothing' }
    const { conversation, seq } = at
    const place = { conversation, message: seq }
    const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
    const row = loaded.conversations[0]
    if (row === undefined || row.deleted) return { _tag: 'Nothing' }
    const { account, channel, address, contact } = decodeConversation(row)
    const id = await idAtProvider(core, workspace, account, at, found.message)
    if (id === 'later') return { _tag: 'Later', ...place }
    if (id === undefined) {
      return { _tag: 'Failed', code: 'unknownMessage', reason: 'its account knows no such message', ...place }
    }
    const setup = await core.directory.of(workspace)
    const recipient = { account, channel, address, contact, conversation }
    const { state, sending } = await sendingNow(core, setup, workspace, recipient)
    if (state === undefined) return { _tag: 'Nothing' }
    const now = core.clock.now()
    const facts = channelFacts(core.channels.get(channel))
    const answer = canSend(state, { now, by: by.kind, what: 'words', channel: facts, ...sending })
    const reason = 'the contact could not be written to any more when it was to leave'
    if (answer._tag === 'No') return { _tag: 'Failed', code: answer.because, reason, ...place }
    const cell = transitions.agentReplies[state.status]
    if (cell._tag === 'Refused') return { _tag: 'Failed', code: cell.refusal._tag, reason, ...place }
    const { direction } = found.message.message
    return {
      _tag: 'ToTell',
      ...place,
      state,
      signal: {
        _tag: 'Reaction',
        to: state.address,
        externalId: id,
        direction: direction === 'in' ? 'in' : 'out',
        emoji: ourSign(found.message.reactions),
      },
    }
  },
  failed: (error, at) => ({ _tag: 'FailReaction', message: at.message ?? message, by, emoji, error }),
})
