import type { TranscriptLabels } from '../../domain/transcript/labels.ts'
import type { Told, ToldConversation } from './conversation.ts'
import { fileLine } from './file.ts'
import { headingOf } from './heading.ts'
import { timesIn } from './times.ts'

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Everything in a transcript is other people's words. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)

/** Plain, and black on white: it is for paper. */
const style = `
  body { font: 11pt/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 0 1.5rem; font-size: .9em; }
  dt { color: #555; }
  dd { margin: 0; overflow-wrap: anywhere; }
  article { border-top: 1px solid #ccc; padding: .6rem 0; break-inside: avoid; }
  article.note { background: #f6f3e4; padding: .6rem; }
  header { font-size: .9em; color: #555; }
  header b { color: #1a1a1a; }
  p, blockquote { margin: .3rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  blockquote { border-left: 3px solid #ccc; padding-left: .6rem; color: #555; }
  ul { margin: .3rem 0 0; padding-left: 1.2rem; }
  @media print { body { margin: 0; max-width: none; } article.note { border: 1px dashed #888; } }
`

const said = (message: Told, labels: TranscriptLabels): string => {
  if (message.deleted) return `<p><em>${escaped(labels.deleted)}</em></p>`
  if (message.moved) return `<p><em>${escaped(labels.moved)}</em></p>`
  const files = message.files.map((file) => `<li>${escaped(fileLine(file, labels))}</li>`)
  return [
    ...(message.quote === null ? [] : [`<blockquote>${escaped(message.quote)}</blockquote>`]),
    ...(message.text === '' ? [] : [`<p>${escaped(message.text)}</p>`]),
    ...(files.length === 0 ? [] : [`<ul>${files.join('')}</ul>`]),
  ].join('\n')
}

const article = (message: Told, time: (at: number) => string, labels: TranscriptLabels): string => {
  const marks = [...(message.direction === 'note' ? [labels.note] : []), ...(message.edited ? [labels.edited] : [])]
  const iso = new Date(message.at).toISOString()
  const head = `<b>${escaped(message.author)}</b> <time datetime="${iso}">${time(message.at)}</time>${marks.map((mark) => ` · ${escaped(mark)}`).join('')}`
  return `<article class="${message.direction}">\n<header>${head}</header>\n${said(message, labels)}\n</article>`
}

const row = (name: string, value: string): string => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`

export const asHtml = (conversation: ToldConversation, timeZone: string, labels: TranscriptLabels): string => {
  const time = timesIn(timeZone)
  const { title, contact, address, account, channel, messages, id } = conversation
  const heading = escaped(headingOf(conversation, labels))
  return `<!doctype html>
<html lang="${escaped(labels.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
<dl>
${[
  ...(title === null ? [] : [row(labels.title, title)]),
  row(labels.with, `${contact} <${address}>`),
  row(labels.by, `${account} (${channel})`),
  row(labels.conversation, id),
  row(labels.times, timeZone),
].join('\n')}
</dl>
${messages.map((message) => article(message, time, labels)).join('\n')}
</main>
</body>
</html>
`
}
