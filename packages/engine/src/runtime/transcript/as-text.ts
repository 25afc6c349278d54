import type { Told, ToldConversation } from './conversation.ts'
import { sizeOf, timesIn } from './times.ts'

const what = ({ direction, edited }: Told): string => {
  const marks = [...(direction === 'note' ? ['note'] : []), ...(edited ? ['edited'] : [])]
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`
}

const body = (message: Told): string => {
  if (message.deleted) return '[deleted]'
  if (message.moved) return '[moved to another conversation]'
  const files = message.files.map(({ name, size }) => `[file: ${name}, ${sizeOf(size)}]`)
  return [...(message.quote === null ? [] : [`> ${message.quote}`]), message.text, ...files]
    .filter((line) => line !== '')
    .join('\n')
}

export const asText = (conversation: ToldConversation, timeZone: string): string => {
  const time = timesIn(timeZone)
  const { subject, title, contact, address, account, channel, messages, id } = conversation
  const head = [
    subject ?? `Conversation with ${contact}`,
    ...(title === null ? [] : [`Title: ${title}`]),
    `With: ${contact} <${address}>`,
    `By: ${account} (${channel})`,
    `Conversation: ${id}`,
    `Times: ${timeZone}`,
  ]
  const told = messages.map((message) => `${time(message.at)}  ${message.author}${what(message)}\n${body(message)}`)
  return `${[head.join('\n'), ...told].join('\n\n')}\n`
}
