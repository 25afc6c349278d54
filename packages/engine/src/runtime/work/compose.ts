import { decodeContact } from '../../codec/contact.ts'
import { decodeEntry } from '../../codec/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { OutboundMessage as Said } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import type { OutboundMessage } from '../../ports/channel.ts'
import type { Core } from '../core.ts'
import { messageOf } from '../target.ts'
import { noNeeds } from '../view.ts'

const quoteOf = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const message = page.entries[0]?.seq === seq ? messageOf(decodeEntry(page.entries[0])) : undefined
  if (message === undefined || message.direction === 'note') return undefined
  const { externalId, parts } = message
  return { parts, ...(externalId === undefined ? {} : { externalId }) }
}

/** The newest customer message before the reply: what it answers. */
const answered = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const page = await core.storage.timeline({ workspace, conversation, kinds: ['in'], before: seq, limit: 1 })
  const message = page.entries[0] && messageOf(decodeEntry(page.entries[0]))
  if (message === undefined) return undefined
  const { externalId, meta } = message
  return { ...(externalId === undefined ? {} : { externalId }), ...(meta === undefined ? {} : { meta }) }
}

/** What was written, with everything that a channel needs to place it in the customer's thread. */
export const compose = async (
  core: Core,
  workspace: string,
  state: Conversation,
  seq: number,
  said: Said,
  parts: ReadonlyArray<Part>,
): Promise<OutboundMessage> => {
  const [answers, quote, setup, loaded] = await Promise.all([
    answered(core, workspace, state.id, seq),
    said.quote === undefined ? undefined : quoteOf(core, workspace, state.id, said.quote),
    core.directory.of(workspace),
    core.storage.load({ ...noNeeds, contacts: [{ workspace, id: state.contact }] }),
  ])
  const stored = loaded.contacts[0]
  const toName = stored === undefined ? null : decodeContact(stored).name
  const authorName = said.author.kind === 'agent' ? setup.agents.get(said.author.id)?.name : undefined
  return {
    workspace,
    conversation: state.id,
    seq,
    to: state.address,
    cc: said.cc ?? [],
    subject: said.subject ?? state.subject,
    parts,
    sentAt: said.sentAt,
    ...(toName === null ? {} : { toName }),
    ...(authorName === undefined ? {} : { authorName }),
    ...(answers === undefined ? {} : { answers }),
    ...(quote === undefined ? {} : { quote }),
  }
}
