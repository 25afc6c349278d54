import type { Tapped } from '../choices.ts'

/** A file of a message, where it can be had. */
export interface PageFile {
  readonly mime: string
  readonly url: string
}

/** Meta's words for signs; all others come with the sign alone. */
const words: Readonly<Record<string, string>> = { '❤️': 'love', '👍': 'like', '😆': 'haha', '😮': 'wow', '😢': 'sad' }

const kindOf = (mime: string): string => {
  const [kind = ''] = mime.split('/')
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'file'
}

const attachmentsOf = (files: ReadonlyArray<PageFile>): object =>
  files.length === 0 ? {} : { attachments: files.map(({ mime, url }) => ({ type: kindOf(mime), payload: { url } })) }

const textOf = (text: string): object => (text === '' ? {} : { text })

/** One event of a conversation of a page, as webhooks carry it. `at` in epoch milliseconds. */
export const notificationOf = (notification: {
  readonly page: string
  readonly from: string
  readonly to: string
  readonly at: number
  readonly event: object
}): object => {
  const { page, from, to, at, event } = notification
  const messaging = [{ sender: { id: from }, recipient: { id: to }, timestamp: at, ...event }]
  return { object: 'page', entry: [{ id: page, time: at, messaging }] }
}

/** What a customer has said. */
export const messageOf = (message: {
  readonly mid: string
  readonly text: string
  readonly files: ReadonlyArray<PageFile>
  /** The message that it answers. */
  readonly quotes: string | null
  readonly tapped?: Tapped
}): object => {
  const { mid, text, files, quotes, tapped } = message
  return {
    message: {
      mid,
      ...textOf(text),
      ...attachmentsOf(files),
      ...(tapped === undefined ? {} : { quick_reply: { payload: tapped.id } }),
      ...(quotes === null ? {} : { reply_to: { mid: quotes } }),
    },
  }
}

/** A button that a customer has pressed. */
export const postbackOf = (mid: string, title: string, { id }: Tapped): object => ({
  postback: { mid, title, payload: id },
})

/** What the page itself has said, as all applications of the page are told. */
export const echoOf = (message: {
  readonly mid: string
  readonly appId: string
  readonly text: string
  readonly files: ReadonlyArray<PageFile>
  /** What the sender wants to read in it again. */
  readonly reference: string | null
}): object => {
  const { mid, appId, text, files, reference } = message
  return {
    message: {
      mid,
      is_echo: true,
      app_id: appId,
      ...textOf(text),
      ...attachmentsOf(files),
      ...(reference === null ? {} : { metadata: reference }),
    },
  }
}

/** What has arrived, and everything before `at`. */
export const deliveryOf = (mid: string, at: number): object => ({ delivery: { mids: [mid], watermark: at } })

/** How far somebody has read: Messenger says when, and not what. */
export const readOf = (at: number): object => ({ read: { watermark: at } })

/** A sign beside a message; null takes it back. */
export const reactionOf = (mid: string, emoji: string | null): object => ({
  reaction: {
    mid,
    action: emoji === null ? 'unreact' : 'react',
    ...(emoji === null ? {} : { reaction: words[emoji] ?? 'other', emoji }),
  },
})
