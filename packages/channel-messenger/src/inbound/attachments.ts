import { field, idAt, listAt, textAt } from '@guichet/channel-kit'
import { remoteFile } from '../media/remote-file.ts'
import { placeOf } from './location.ts'
import { saysOnly } from './says-only.ts'
import { sound, withSound } from './sound.ts'
import { templateOf } from './template.ts'
import type { Content } from './told.ts'

/** What is not a file: things of the product that somebody points to. The word is what a `Referral` says of it. */
const pointers = new Map(
  Object.entries({
    fallback: 'link',
    share: 'share',
    post: 'post',
    ig_post: 'post',
    reel: 'reel',
    ig_reel: 'reel',
    ig_story: 'story',
    story_mention: 'story_mention',
  }),
)

/** They are gone after a day, and their address before: the picture is brought as well. */
const stories: ReadonlySet<string> = new Set(['ig_story', 'story_mention'])

const remoteStory = (url: string): Content['parts'][number] => ({ _tag: 'RemoteFile', file: remoteFile('story', url) })

const files: ReadonlySet<string> = new Set(['image', 'video', 'audio', 'file', 'sticker'])

const unsupported = (kind: string, note?: string): Content => {
  const named = kind.trim().slice(0, 200) || 'attachment'
  return { parts: [withSound({ _tag: 'Unsupported', kind: named }, { note }).part], whole: false }
}

/** Something that has an address; without one there is nothing to show of it but its name. */
const pointerOf = (type: string, attachment: unknown): Content => {
  const payload = field(attachment, 'payload')
  const title = textAt(payload, 'title') || textAt(attachment, 'title') || undefined
  const url = textAt(payload, 'url') ?? textAt(payload, 'story_media_url') ?? textAt(attachment, 'url')
  const id =
    idAt(payload, 'reel_video_id') ?? idAt(payload, 'ig_post_media_id') ?? idAt(payload, 'story_media_id') ?? undefined
  if (url === undefined && title === undefined && id === undefined) return unsupported(type)
  const source = (pointers.get(type) ?? type).trim().slice(0, 200) || 'link'
  const { part, whole } = withSound({ _tag: 'Referral', source }, { id, title, url })
  const shown =
    saysOnly(attachment, 'type', 'payload', 'title', 'url') &&
    saysOnly(payload, 'title', 'url', 'reel_video_id', 'ig_post_media_id', 'story_media_id', 'story_media_url')
  const story = stories.has(type) && url !== undefined ? [remoteStory(url)] : []
  return { parts: [part, ...story], whole: whole && shown && pointers.has(type) }
}

const productsOf = (attachment: unknown): Content | undefined => {
  const elements = listAt(attachment, 'payload', 'product', 'elements')
  const products = elements.flatMap((element) => {
    const title = textAt(element, 'title')
    const product = title === undefined ? undefined : sound({ _tag: 'Product', title })
    if (product === undefined) return []
    return [withSound(product, { description: textAt(element, 'subtitle') }).part]
  })
  // Its picture and its number in the catalogue are kept beside it.
  return products.length === 0 ? undefined : { parts: products, whole: false }
}

const contentOf = (attachment: unknown): Content => {
  const type = textAt(attachment, 'type') ?? ''
  const payload = field(attachment, 'payload')
  if (files.has(type)) {
    const url = textAt(payload, 'url') || textAt(attachment, 'url')
    const sticker = idAt(payload, 'sticker_id')
    const file = url && remoteFile(sticker === undefined ? type : 'sticker', url, sticker)
    const whole = saysOnly(attachment, 'type', 'payload', 'url') && saysOnly(payload, 'url', 'sticker_id')
    if (file) return { parts: [{ _tag: 'RemoteFile', file }], whole }
    return unsupported(type, sticker)
  }
  const place = type === 'location' ? placeOf(attachment) : undefined
  return (
    place ??
    productsOf(attachment) ??
    (type === 'template' ? templateOf(payload) : undefined) ??
    pointerOf(type, attachment)
  )
}

/** What was sent beside the words, in its order. For some time each sticker came twice, as an image and as a sticker. */
export const attachmentsOf = (attachments: ReadonlyArray<unknown>): ReadonlyArray<Content> => {
  const stickers = new Set<string>()
  return attachments.flatMap((attachment) => {
    const sticker = idAt(attachment, 'payload', 'sticker_id')
    if (sticker !== undefined && stickers.has(sticker)) return []
    if (sticker !== undefined) stickers.add(sticker)
    return [contentOf(attachment)]
  })
}
