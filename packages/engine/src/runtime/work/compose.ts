import { decodeEntry } from '../../codec/entry.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { OutboundMessage as Said } from '../../domain/message/message.ts'
import type { Part } from '../../domain/message/part.ts'
import { writtenOut } from '../../domain/message/written-out.ts'
import type { OutboundMessage } from '../../ports/channel.ts'
import type { Core } from '../core.ts'
import { newestInbound } from '../read/newest-inbound.ts'
import { contactsOf } from '../read/viewer.ts'
import { messageOf } from '../target.ts'
import { signed } from '../templates/signature.ts'

const quoteOf = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const page = await core.storage.timeline({ workspace, conversation, after: seq - 1, limit: 1 })
  const message = page.entries[0]?.seq === seq ? messageOf(decodeEntry(page.entries[0])) : undefined
  if (message === undefined || message.direction === 'note' || message.movedTo !== undefined) return undefined
  const { externalId, parts } = message
  return { parts, ...(externalId === undefined ? {} : { externalId }) }
}

/** What a reply answers. */
const answered = async (core: Core, workspace: string, conversation: string, seq: number) => {
  const message = await newestInbound(core, workspace, conversation, seq)
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
  const [answers, quote, setup, contacts] = await Promise.all([
    answered(core, workspace, state.id, seq),
    said.quote === undefined ? undefined : quoteOf(core, workspace, state.id, said.quote),
    core.directory.of(workspace),
    contactsOf(core, workspace, [state.contact]),
  ])
  const shown = core.channels.get(state.channel)?.capabilities.parts ?? []
  const toName = contacts.get(state.contact)?.name ?? null
  const authorName = said.author.kind === 'agent' ? setup.agents.get(said.author.id)?.name : undefined
  const replyTo = said.replyTo === 'agent' ? setup.agents.get(said.author.id)?.email : undefined
  return {
    workspace,
    conversation: state.id,
    seq,
    to: state.address,
    cc: said.cc ?? [],
    subject: said.subject ?? state.subject,
    parts: await signed(core, setup, workspace, state, said, writtenOut(parts, shown)),
    sentAt: said.sentAt,
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(toName === null ? {} : { toName }),
    ...(authorName === undefined ? {} : { authorName }),
    ...(answers === undefined ? {} : { answers }),
    ...(quote === undefined ? {} : { quote: { ...quote, parts: writtenOut(quote.parts, shown) } }),
  }
}
