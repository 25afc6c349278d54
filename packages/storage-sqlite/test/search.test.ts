import { wordsOf } from '@guichet/storage-sql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { changeset, conversation, entry, workspace } from '../../../tooling/stores/changesets.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()
const store = sqlite({ file: freshFile(), synchronous: 'normal' })

/** So many that FTS5 is not to read all of them for a page. */
const messages = 30_000
const perConversation = 1_000
const page = 25

const bodyOf = (n: number): string => {
  if (n === 40) return 'commutateur'
  if (n % 7_000 === 0) return `commotion ${n}`
  return n % 20 === 0 ? `Une COMMÁNDE ${n}` : `commerce ${n}`
}
const bodies = Array.from({ length: messages }, (_, n) => bodyOf(n))

beforeAll(async () => {
  for (let from = 0; from < messages; from += perConversation) {
    const number = from / perConversation
    const entries = bodies.slice(from, from + perConversation).map((body, index) => entry(number, index + 1, { body }))
    await store.migrate()
    await store.commit([changeset({ conversations: [{ row: conversation(number), expected: 0 }], entries })])
  }
  const said = ['commande', 'commotion', 'commutateur', 'commercial']
  const theirs = said.map((body, index) => entry(0, index + 1, { body }))
  const conversations = [{ row: conversation(0), expected: 0 }]
  await store.commit([{ ...changeset({ conversations, entries: theirs }), workspace: 'other' }])
})

afterAll(() => store.close())

const found = async (words: ReadonlyArray<string>, before?: number, where = workspace) => {
  const visibility = { _tag: 'All' } as const
  const rest = { filter: {}, limit: page, ...(before === undefined ? {} : { before }) }
  return (await store.search({ workspace: where, visibility, words, ...rest })).map(
    ({ position, entry: { body } }) => ({
      position,
      body,
    }),
  )
}

/** Every message has its number in the stream as its position, counted from one. */
const expected = (words: ReadonlyArray<string>, before = Infinity) => {
  const [last = '', ...whole] = words.flatMap(wordsOf).toReversed()
  return bodies
    .map((body, n) => ({ position: n + 1, body }))
    .filter(({ position, body }) => {
      const said = wordsOf(body)
      return (
        position < before && whole.every((word) => said.includes(word)) && said.some((word) => word.startsWith(last))
      )
    })
    .toReversed()
    .slice(0, page)
}

test.each([
  ['a letter', ['c']],
  ['as much as is indexed', ['comma']],
  ['more than is indexed, of a common word', ['comman']],
  ['a whole word that is common', ['commande']],
  ['a rare word among common ones that begin like it', ['commot']],
  ['a word that only the oldest message has', ['commutateur']],
  ['a number, and a word that is not there', ['12', 'commerci']],
  ['a whole word before a long one', ['une', 'command']],
  ['a beginning before a long one, which is no word', ['un', 'command']],
  ['nothing that was ever said', ['commission']],
])('%s finds the newest of all that begin with it', async (_, words) => {
  const newest = await found(words)
  expect(newest).toEqual(expected(words))
  for (const before of [newest.at(-1)?.position ?? 1, 1_000])
    expect(await found(words, before)).toEqual(expected(words, before))
})

test.each(['comma', 'comman', 'commot', 'commutateur'])(
  '%s finds in a workspace what was said there alone',
  async (word) => {
    const theirs = await found([word], undefined, 'other')
    expect(theirs).toHaveLength(1)
    expect((await found([word])).some(({ position }) => position === theirs[0]?.position)).toBe(false)
  },
)
