import * as fc from 'fast-check'
import type { OutboundMessage } from '@guichet/engine/ports'
import { assert } from '../assert.ts'
import { holds } from '../property.ts'
import type { ChannelBench, ChannelCase } from './harness.ts'
import { plain } from './render.ts'

const area = 'render'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What a reader takes for one character each; white space, at which a text may be cut, is left out. */
const graphemesOf = (text: string): ReadonlyArray<string> =>
  Array.from(segmenter.segment(text.normalize('NFC')), ({ segment }) => segment).filter((one) => !/\s/u.test(one))

/** One more of these is one more character to a reader, and up to eleven code units to a machine. */
const grapheme = fc.oneof(
  { arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), weight: 6 },
  { arbitrary: fc.constantFrom('é', 'ß', '€', '[', 'ф', '中', 'ع', 'नि', 'ก็'), weight: 3 },
  { arbitrary: fc.constantFrom('👍', '👍🏽', '🇫🇷', '👩‍👩‍👧‍👦', '❤️‍🔥', '1️⃣', 'e\u0301'), weight: 3 },
)
const word = fc.array(grapheme, { minLength: 1, maxLength: 30 }).map((all) => all.join(''))
const space = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', ', ')

/** Texts of any length, within what the channel says that one may write. */
const textWithin = (most: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 12 }), fc.nat(12))
    .map(([words, times]) => {
      const text = words.map(([said, gap]) => `${said}${gap}`).join('')
      return clipped(text.repeat(times + 1), most)
    })
    .filter((text) => text.trim() !== '')

/** Cut between characters: what a channel gets is whole. */
const clipped = (text: string, most: number): string => {
  if (text.length <= most) return text
  let end = 0
  for (const { index, segment } of segmenter.segment(text)) {
    if (index + segment.length > most) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

const longest = 5_000

const rendered = async ({ channel, account, address }: ChannelBench, text: string): Promise<ReadonlyArray<unknown>> => {
  const message: OutboundMessage = plain(account.workspace, address, text)
  const made = await channel.render(message, account)
  assert(made._tag === 'Rendered', `a plain text is supported: ${JSON.stringify(made)}`)
  return made.wires
}

const everyText = (bench: ChannelBench, body: (text: string) => Promise<void>): Promise<void> => {
  const most = Math.min(bench.channel.capabilities.maxTextLength ?? longest, longest)
  return holds(fc.asyncProperty(textWithin(most), body), bench.runs)
}

/** The first of these that does not come, in this order, among those; whatever else stands between them. */
const missing = (wanted: ReadonlyArray<string>, found: ReadonlyArray<string>): string | undefined => {
  let at = 0
  for (const one of found) if (one === wanted[at]) at += 1
  return wanted[at]
}

export const wordCases: ReadonlyArray<ChannelCase> = [
  {
    area,
    name: 'makes no wire larger than the provider takes, in its own unit',
    needs: ['wires'],
    body: async (bench) => {
      const { size, limit } = bench.given('wires')
      await everyText(bench, async (text) => {
        for (const wire of await rendered(bench, text)) {
          assert(size(wire) <= limit, `a wire of ${size(wire)}, where ${limit} are taken`)
        }
      })
    },
  },
  {
    area,
    name: 'loses no character of a text, however many wires it becomes, and keeps their order',
    guarantee: 'G17',
    needs: ['wires'],
    body: async (bench) => {
      const { text: textOf } = bench.given('wires')
      await everyText(bench, async (text) => {
        const said = (await rendered(bench, text)).map((wire) => textOf(wire) ?? '').join('')
        const lost = missing(graphemesOf(text).join('').split(''), said.normalize('NFC').split(''))
        assert(lost === undefined, `${JSON.stringify(lost)} is lost, or not in its place`)
      })
    },
  },
  {
    area,
    name: 'tears no character of a text in two',
    needs: ['wires'],
    body: async (bench) => {
      const { text: textOf } = bench.given('wires')
      await everyText(bench, async (text) => {
        const found = (await rendered(bench, text)).flatMap((wire) => graphemesOf(textOf(wire) ?? ''))
        const torn = missing(graphemesOf(text), found)
        assert(torn === undefined, `${JSON.stringify(torn)} is torn`)
      })
    },
  },
]
