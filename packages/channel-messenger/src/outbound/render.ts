import { splitText, wellFormed } from '@guichet/channel-kit'
import { plainOf } from '@guichet/engine/domain'
import type { OutboundMessage, Part, Rendered, ServiceWindow } from '@guichet/engine/ports'
import { type Limits, kindOf } from './limits.ts'
import { quickReplies, spelledOut } from './quick-replies.ts'
import { templateFor } from './template.ts'
import { isAfterHours } from './window.ts'
import type { MessengerWire, WireContent } from './wire.ts'

type Block = { readonly _tag: 'Words'; readonly text: string } | WireContent

/** Meta refuses a whole message for half of a character. */
const words = (text: string): ReadonlyArray<Block> => [{ _tag: 'Words', text: wellFormed(text) }]

const blockOf = (part: Part, limits: Limits): ReadonlyArray<Block> | { readonly refused: string } => {
  // HTML comes beside the same in words, and choices become buttons below them.
  if (part._tag === 'Html' || part._tag === 'Choices') return []
  if (part._tag === 'Text') return words(part.text)
  if (part._tag === 'File') {
    const kind = kindOf(limits, part.file)
    return typeof kind === 'string' ? [{ _tag: 'File', kind, file: part.file }] : kind
  }
  const message = limits.templates ? templateFor(part) : undefined
  return message === undefined ? words(plainOf(part)) : [{ _tag: 'Message', message }]
}

/** Words that stand next to each other are one text. */
const joined = (blocks: ReadonlyArray<Block>): ReadonlyArray<Block> =>
  blocks.reduce<ReadonlyArray<Block>>((before, block) => {
    const last = before.at(-1)
    if (last?._tag !== 'Words' || block._tag !== 'Words') return [...before, block]
    return [...before.slice(0, -1), { _tag: 'Words', text: `${last.text}\n${block.text}` }]
  }, [])

const contentsOf = (block: Block, { text }: Limits): ReadonlyArray<WireContent> =>
  block._tag === 'Words'
    ? splitText(block.text, text)
        .filter((piece) => piece.trim() !== '')
        .map((piece) => ({ _tag: 'Message', message: { text: piece } }))
    : [block]

/** Buttons hang on the last text: whatever came after them would take them away. */
const withChoices = (blocks: ReadonlyArray<Block>, parts: ReadonlyArray<Part>, limits: Limits) => {
  const choices = parts.flatMap((part) => (part._tag === 'Choices' ? part.choices : []))
  if (choices.length === 0) return joined(blocks).flatMap((block) => contentsOf(block, limits))
  const spelled = spelledOut(choices)
  const last = blocks.at(-1)
  const asked = last?._tag === 'Words' && last.text.trim() !== '' && spelled === ''
  const said = asked ? blocks : [...blocks, ...words(spelled || plainOf({ _tag: 'Choices', choices }))]
  const contents = joined(said).flatMap((block) => contentsOf(block, limits))
  return contents.map((content, index) =>
    index === contents.length - 1 && content._tag === 'Message'
      ? { ...content, message: { ...content.message, quick_replies: quickReplies(choices) } }
      : content,
  )
}

/** A message as those that the Send API takes, in order; or what of it the product cannot carry. */
export const renderMessage = (
  message: OutboundMessage,
  limits: Limits,
  window: ServiceWindow,
): Rendered<MessengerWire> => {
  const { parts, to, quote } = message
  const blocks: Array<Block> = []
  for (const part of parts) {
    const made = blockOf(part, limits)
    if ('refused' in made) return { _tag: 'Unsupported', feature: made.refused }
    blocks.push(...made)
  }
  const contents = withChoices(blocks, parts, limits)
  if (contents.length === 0) return { _tag: 'Unsupported', feature: 'a message without words or files' }
  const tagged = isAfterHours(message, window) && window.humanHours !== undefined
  const wires = contents.map((content, index) => ({
    to,
    content,
    ...(index === 0 && quote?.externalId ? { replyTo: quote.externalId } : {}),
    ...(tagged ? { humanAgent: true as const } : {}),
  }))
  return { _tag: 'Rendered', wires }
}
