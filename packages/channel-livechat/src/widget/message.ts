import type { ChatFile, ChatMessage } from '../client/types.ts'
import { fileSize } from './attachments.ts'
import { h, icon } from './dom.ts'
import { linked, safeUrl } from './links.ts'
import type { Language } from './translate.ts'

/** What the neighbours of a message decide about how it looks. */
export interface Place {
  /** The first of its day: it bears the date. */
  readonly day: boolean
  /** The first of its author in a row: it bears the name and the time. */
  readonly first: boolean
  /** The visitor's last one: it bears the state, so that the history is not a column of ticks. */
  readonly last: boolean
}

const download = (file: ChatFile, href: string | undefined, language: Language): HTMLElement => {
  const label = h('span', {}, h('b', { dir: 'auto' }, file.name), ` ${fileSize(file.size, language)}`)
  return href === undefined
    ? h('span', { class: 'file' }, icon('clock'), label)
    : h('a', { class: 'file', href, download: file.name, rel: 'noopener noreferrer nofollow' }, icon('file'), label)
}

/** Pictures are shown, everything else is only offered for download. */
const attachment = (file: ChatFile, language: Language): HTMLElement => {
  const href = file.url === undefined ? undefined : safeUrl(file.url, /^(https?|blob):$/)
  if (href === undefined || !/^image\/(?!svg)/.test(file.mime)) return download(file, href, language)
  const link = h('a', { class: 'picture', href, target: '_blank', rel: 'noopener noreferrer nofollow' })
  link.append(h('img', { src: href, alt: file.name, error: () => link.replaceWith(download(file, href, language)) }))
  return link
}

const stateLine = (
  message: ChatMessage,
  { t }: Language,
  retry: (id: string) => void,
): ReadonlyArray<Node | string> => {
  switch (message.state) {
    case 'failed':
      return [
        icon('alert'),
        t('failed'),
        ' ',
        h('button', { class: 'link', click: () => retry(message.id) }, t('retry')),
      ]
    case 'sending':
      return [icon('clock'), t('sending')]
    case 'sent':
    case 'delivered':
    case 'seen':
      return [t(message.state)]
  }
}

/** One entry of the ordered list. The name and the time are always there to be read, and seen where they help. */
export const messageRow = (
  message: ChatMessage,
  place: Place,
  language: Language,
  retry: (id: string) => void,
  parts: ReadonlyArray<HTMLElement>,
): HTMLElement => {
  const { t, locale } = language
  const mine = message.from === 'visitor'
  const at = new Date(message.at)
  const time = at.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' })
  const row = h(
    'li',
    { class: `message ${mine ? 'mine' : 'theirs'} ${place.first ? 'first' : ''} ${message.state}` },
    h(
      'div',
      { class: place.first ? 'meta' : 'sr' },
      h('span', mine ? { class: 'sr' } : { dir: 'auto' }, mine ? t('you') : (message.author ?? t('team'))),
      ' ',
      time,
    ),
  )
  if (place.day) {
    const date = at.toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long' })
    row.prepend(h('p', { class: 'day' }, date))
  }
  const text = message.deleted ? t('deleted') : message.text
  if (text) {
    const bubble = h(
      'div',
      { class: message.deleted ? 'bubble gone' : 'bubble', part: 'bubble', dir: 'auto' },
      ...linked(text),
    )
    if (message.edited) bubble.append(' ', h('small', {}, `(${t('edited')})`))
    row.append(bubble)
  }
  if (!message.deleted) row.append(...parts, ...message.files.map((file) => attachment(file, language)))
  if (mine && (place.last || message.state === 'failed')) {
    row.append(h('div', { class: 'state' }, ...stateLine(message, language, retry)))
  }
  return row
}
