import type { Account } from '../../domain/account.ts'
import type { Contact } from '../../domain/contact/contact.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { textOf } from '../../domain/message/part.ts'
import { writtenOut } from '../../domain/message/written-out.ts'
import type { BotContext, BotMessage } from '../../ports/bot.ts'
import type { CurrentMessage } from '../read/messages.ts'

/** As much of a conversation as a bot is shown. */
export const shownAtMost = 50

/** What never reached the customer was never said: neither failed messages nor deleted ones. */
const reached = ({ message, deleted, delivery }: CurrentMessage): boolean =>
  message.direction !== 'note' && !deleted && delivery?.status !== 'failed'

const asSeen = (bot: string, { seq, message, parts }: CurrentMessage): BotMessage => {
  const { author, sentAt } = message
  const own = author.kind === 'bot' && author.id === bot
  return {
    seq,
    by: author.kind,
    bot: author.kind === 'bot' ? author.id : null,
    parts,
    text: textOf(writtenOut(parts, [])),
    sentAt,
    // What a channel or another bot put beside a message is none of its business.
    memory: own ? (message.meta ?? null) : null,
  }
}

export interface Seen {
  readonly workspace: string
  readonly state: Conversation
  readonly account: Pick<Account, 'id' | 'channel'>
  readonly contact: Contact | undefined
  readonly known: BotContext['contact']['known']
  readonly messages: ReadonlyArray<CurrentMessage>
  readonly cause: BotContext['cause']
}

/** A conversation as its customer sees it, for one bot. */
export const contextFor = (bot: string, seen: Seen): BotContext => {
  const { workspace, state, account, contact, known, messages, cause } = seen
  return {
    workspace,
    conversation: state.id,
    account: account.id,
    channel: account.channel,
    subject: state.subject,
    messages: messages
      .filter(reached)
      .slice(-shownAtMost)
      .map((message) => asSeen(bot, message)),
    contact: {
      name: contact?.name ?? null,
      firstName: contact?.firstName ?? null,
      language: contact?.language ?? null,
      custom: contact?.custom ?? {},
      known,
    },
    attributes: state.attributes,
    cause,
  }
}

/** Whether the customer has written since somebody last answered. What machines write waits for nobody. */
export const waitsForAnswer = (messages: ReadonlyArray<CurrentMessage>): boolean => {
  const newest = (is: (one: CurrentMessage) => boolean): number =>
    messages.reduce((last, one) => (is(one) && one.seq > last ? one.seq : last), 0)
  const asked = newest(({ message }) => message.direction === 'in' && message.automatic === undefined)
  const answered = newest(
    (one) => reached(one) && (one.message.author.kind === 'agent' || one.message.author.kind === 'bot'),
  )
  return asked > answered
}
