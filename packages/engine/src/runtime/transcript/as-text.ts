import type { TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { Told, ToldConversation } from './conversation.ts'
import { fileLine } from './file.ts'
import { headingOf } from './heading.ts'
import { timesIn } from './times.ts'

const what = ({ direction, edited }: Told, labels: TranscriptLabels): string => {
  const marks = [...(direction === 'note' ? [labels.note] : []), ...(edited ? [labels.edited] : [])]
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`
}

const body = (message: Told, labels: TranscriptLabels): string => {
  if (message.deleted) return `[${labels.deleted}]`
  if (message.moved) return `[${labels.moved}]`
  const files = message.files.map((file) => `[${labels.file}: ${fileLine(file, labels)}]`)
  return [...(message.quote === null ? [] : [`> ${message.quote}`]), message.text, ...files]
    .filter((line) => line !== '')
    .join('\n')
}

export const asText = (conversation: ToldConversation, timeZone: string, labels: TranscriptLabels): string => {
  const time = timesIn(timeZone)
  const { title, contact, address, account, channel, messages, id } = conversation
  const head = [
    headingOf(conversation, labels),
    ...(title === null ? [] : [`${labels.title}: ${title}`]),
    `${labels.with}: ${contact} <${address}>`,
    `${labels.by}: ${account} (${channel})`,
    `${labels.conversation}: ${id}`,
    `${labels.times}: ${timeZone}`,
  ]
  const told = messages.map(
    (message) => `${time(message.at)}  ${message.author}${what(message, labels)}\n${body(message, labels)}`,
  )
  return `${[head.join('\n'), ...told].join('\n\n')}\n`
}
