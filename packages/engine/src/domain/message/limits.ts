import type { Refusal } from '../conversation/refusal.ts'
import type { ChannelFacts } from '../conversation/facts.ts'
import { type Part, filesOf, saysSomething, textOf } from './part.ts'
import { writtenOut } from './written-out.ts'

/**
 * Whether a media type is among the accepted ones. A pattern ends with an asterisk, for every kind of a type or for
 * everything; types compare without their parameters and regardless of case.
 *
 * @example
 * ```ts
 * import { accepts } from '@guichet/engine/domain'
 *
 * console.log(accepts(['image/*'], 'IMAGE/PNG; q=1'), accepts(['image/*'], 'text/html'), accepts([], 'image/png'))
 * ```
 *
 * ```text
 * true false false
 * ```
 */
export const accepts = (types: ReadonlyArray<string>, mime: string): boolean => {
  const type = (mime.split(';')[0] ?? '').trim().toLowerCase()
  return types.some((accepted) => {
    if (accepted === '*/*') return true
    return accepted.endsWith('/*') ? type.startsWith(accepted.slice(0, -1)) : accepted.toLowerCase() === type
  })
}

/**
 * Why these parts cannot be written on this channel, or null when they can. What counts is what leaves: the text, and
 * what the channel does not show, written out.
 *
 * @example
 * ```ts
 * import { tooMuch } from '@guichet/engine/domain'
 *
 * console.log(tooMuch([{ _tag: 'Text', text: '  ' }], channel))
 * console.log(tooMuch([{ _tag: 'Text', text: 'Yes' }], channel))
 * ```
 *
 * ```text
 * { _tag: 'Empty' }
 * null
 * ```
 */
export const tooMuch = (parts: ReadonlyArray<Part>, channel: ChannelFacts): Refusal | null => {
  if (!saysSomething(parts)) return { _tag: 'Empty' }
  const { length } = textOf(writtenOut(parts, channel.parts ?? []))
  if (channel.maxTextLength !== null && length > channel.maxTextLength) {
    return { _tag: 'TextTooLong', length, max: channel.maxTextLength }
  }
  const files = filesOf(parts)
  const { max, maxBytes, types } = channel.files
  if (files.length > max) return { _tag: 'TooManyFiles', files: files.length, max }
  for (const { name, size, mime } of files) {
    if (size > maxBytes) return { _tag: 'FileTooLarge', name, size, max: maxBytes }
    if (!accepts(types, mime)) return { _tag: 'FileTypeForbidden', name, mime }
  }
  return null
}
