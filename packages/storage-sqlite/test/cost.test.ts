import { statSync } from 'node:fs'
import { emptyRequest } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import {
  arrival,
  changeset,
  conversation,
  entry,
  following,
  id,
  workspace,
} from '../../../tooling/stores/changesets.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()

const open = async (file: string): Promise<Storage> => {
  const store = sqlite({ file })
  await store.migrate()
  return store
}

/** Statements that something takes. */
const statementsOf = async (store: Storage, run: () => unknown): Promise<number> => {
  const before = store.stats().statements
  await run()
  return store.stats().statements - before
}

const numbers = Array.from({ length: 64 }, (_, n) => n)

describe('what a commit costs', () => {
  test('an inbound message is three statements, and a commit of 64 of them one more', async () => {
    const store = await open(freshFile())
    await store.commit(numbers.map(arrival))
    expect(await statementsOf(store, () => store.commit(numbers.map((n) => following(n, 2))))).toBe(3 * 64 + 1)
    await store.close()
  })

  test('an event that moves the conversation in no list is two', async () => {
    const store = await open(freshFile())
    await store.commit([arrival(1)])
    const renamed = changeset({
      conversations: [{ row: conversation(1, { version: 2, seq: 2, subject: 'Chairs' }), expected: 1 }],
      entries: [entry(1, 2, { kind: 'event', type: 'Renamed' })],
    })
    expect(await statementsOf(store, () => store.commit([renamed]))).toBe(2 + 1)
    await store.close()
  })

  test('a message in a tagged conversation moves its tags with one statement, and rewrites them only when they differ', async () => {
    const store = await open(freshFile())
    const tags = ['a', 'b', 'c', 'd']
    await store.commit([changeset({ conversations: [{ row: conversation(1, { tags }), expected: 0 }] })])
    expect(await statementsOf(store, () => store.commit([following(1, 2, { tags })]))).toBe(4 + 1)
    await store.commit([following(1, 3, { tags: ['e'] })])
    const tagged = async (tag: string) =>
      (await store.list({ workspace, visibility: { _tag: 'All' }, filter: { tag }, reader: null, limit: 9 })).length
    expect([await tagged('a'), await tagged('e')]).toEqual([0, 1])
    await store.close()
  })

  test('counters of one commit are added up before they are written', async () => {
    const store = await open(freshFile())
    await store.commit([arrival(0)])
    const counting = changeset({ counters: [{ scope: 'workspace', bucket: 'open', by: 1 }] })
    expect(await statementsOf(store, () => store.commit(numbers.map(() => counting)))).toBe(1 + 1)
    expect(await store.counters(workspace, ['workspace'])).toEqual([{ scope: 'workspace', bucket: 'open', by: 65 }])
    await store.close()
  })

  test('a stale version is found before anything is written, and the others are written once', async () => {
    const store = await open(freshFile())
    await store.commit(numbers.map(arrival))
    const stale = following(70, 2)
    const answers = numbers.map((n) => following(n, 2)).toSpliced(32, 0, stale)
    expect(await statementsOf(store, () => store.commit(answers))).toBe(3 * 64 + 1 + 2)
    await store.close()
  })

  test('an inbound message writes at most 26 KiB to the log, on pages chosen at random, with its list indexes', async () => {
    const file = freshFile()
    const store = await open(file)
    const size = 20_000
    const padding = 'x'.repeat(300)
    for (let from = 0; from < size; from += 500) {
      await store.commit(
        Array.from({ length: 500 }, (_, index) => {
          const n = from + index
          const row = conversation(n, { data: padding, queue: `queue ${n % 20}`, owner: `agent ${n % 400}` })
          return changeset({ conversations: [{ row, expected: 0 }], entries: [entry(n, 1)] })
        }),
      )
    }
    await store.close()
    const again = await open(file)
    const before = statSync(`${file}-wal`).size
    const groups = 8
    for (let group = 0; group < groups; group += 1) {
      await again.commit(
        numbers.map((index) => {
          const n = ((group * 64 + index) * 7_919) % size
          return following(n, 2, { data: padding, queue: `queue ${n % 20}`, owner: `agent ${n % 400}` })
        }),
      )
    }
    const perMessage = (statSync(`${file}-wal`).size - before) / (groups * 64) / 1024
    expect(perMessage).toBeLessThan(26)
    expect(
      (await again.load({ ...emptyRequest, conversations: [{ workspace, id: id(7_919) }] })).conversations[0]?.version,
    ).toBe(2)
    await again.close()
  })
})
