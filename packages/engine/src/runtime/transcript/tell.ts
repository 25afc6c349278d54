import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Actor } from '../../domain/actor.ts'
import { byTime } from '../../domain/message/message.ts'
import { type FileRef, filesOf, previewOf } from '../../domain/message/part.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { type CurrentMessage, readTimeline } from '../read/messages.ts'
import { contactsOf } from '../read/viewer.ts'
import type { Told, ToldConversation, ToldFile } from './conversation.ts'
import { wordsOf } from './words.ts'

const pageSize = 500

const messagesOf = async (
  core: Core,
  workspace: string,
  conversation: string,
  notes: boolean,
): Promise<ReadonlyArray<CurrentMessage>> => {
  const kinds = notes ? (['in', 'out', 'note'] as const) : (['in', 'out'] as const)
  const messages: Array<CurrentMessage> = []
  for (let after = 0; ; ) {
    const page = await core.storage.timeline({ workspace, conversation, kinds, after, limit: pageSize })
    // What was moved is told where it is now.
    messages.push(...readTimeline(page).messages.filter(({ message }) => message.movedTo === undefined))
    const last = page.entries.at(-1)
    if (last === undefined || page.entries.length < pageSize) break
    after = last.seq
  }
  return messages.sort((a, b) =>
    byTime({ sentAt: a.message.sentAt, seq: a.seq }, { sentAt: b.message.sentAt, seq: b.seq }),
  )
}

const toldFile = ({ name, mime, size, missing }: FileRef): ToldFile => ({
  name,
  mime,
  size,
  ...(missing === undefined ? {} : { missing: missing._tag === 'Coming' ? 'coming' : 'gone' }),
})

/** Who wrote it, as people call them. */
const namer = (setup: Setup, state: Conversation, contact: Contact | undefined) => {
  const house = setup.accounts.get(state.account)?.name ?? state.account
  return (author: Actor): string => {
    switch (author.kind) {
      case 'agent':
        return setup.agents.get(author.id)?.name ?? author.id
      case 'contact':
        return contact?.name ?? state.address
      case 'bot':
        return author.id
      case 'system':
        return author.id === 'engine' ? house : author.id
    }
  }
}

/**
 * A whole conversation for people to keep, as it is now: edited words, and what was deleted only as deleted. Who may see
 * it has been asked before.
 */
export const tell = async (
  core: Core,
  workspace: string,
  state: Conversation,
  notes: boolean,
): Promise<ToldConversation> => {
  const [setup, contacts, messages] = await Promise.all([
    core.directory.of(workspace),
    contactsOf(core, workspace, [state.contact]),
    messagesOf(core, workspace, state.id, notes),
  ])
  const contact = contacts.get(state.contact)
  const nameOf = namer(setup, state, contact)
  const bySeq = new Map(messages.map((message) => [message.seq, message]))
  const told = messages.map((current): Told => {
    const { message, parts, deleted, edited, seq } = current
    const moved = message.movedTo !== undefined
    const quoted = message.quote === undefined ? undefined : bySeq.get(message.quote)
    return {
      seq,
      at: message.sentAt,
      direction: message.direction,
      author: nameOf(message.author),
      text: deleted || moved ? '' : wordsOf(parts),
      files: deleted || moved ? [] : filesOf(parts).map(toldFile),
      edited,
      deleted,
      moved,
      quote: quoted === undefined || quoted.deleted ? null : previewOf(quoted.parts),
    }
  })
  return {
    id: state.id,
    subject: state.subject,
    title: notes ? state.title : null,
    contact: contact?.name ?? state.address,
    address: state.address,
    account: setup.accounts.get(state.account)?.name ?? state.account,
    channel: state.channel,
    startedAt: state.createdAt,
    writtenAt: core.clock.now(),
    messages: told,
  }
}
