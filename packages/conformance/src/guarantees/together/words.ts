import type { MessageView } from '@guichet/engine'
import { filesIn } from './files.ts'
import { type Office, history } from '../office.ts'

/** What stands in these conversations, one line for each message: who, when, and what it says. */
export const words = async (office: Office, ...ids: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const all = await Promise.all(ids.map(async (id) => (await history(office.as('mia'), id)).messages))
  return all.flatMap((messages) => messages.filter(stands).map(line)).sort()
}

/** Whether a message is here, and not somewhere else by now. */
export const stands = ({ movedTo, deleted }: MessageView): boolean => movedTo === null && !deleted

const line = (message: MessageView): string => {
  const { direction, sentAt, author, text } = message
  return [direction, sentAt, author.id, text, ...filesIn(message).map(({ name }) => name)].join(' ')
}
