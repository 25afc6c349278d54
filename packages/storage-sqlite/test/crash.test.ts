import { emptyRequest } from '@guichet/conformance'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { arrival, id, workspace } from '../../../tooling/stores/changesets.ts'
import { lines, startChild } from './support/child.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()

/** Kills a process with SIGKILL once it has acknowledged so many; answers the last number that it said. */
const killAfter = async (file: string, acknowledged: number, group: number): Promise<number> => {
  const child = startChild('commitArrivals', [file, '1', '1000000', String(group)])
  let last = 0
  const end = await lines(child, (line) => {
    last = Number(line)
    if (last >= acknowledged) child.kill('SIGKILL')
  })
  expect(end).toBe('SIGKILL')
  return last
}

describe('a process that is killed while it commits', () => {
  test.each([
    [1, 50],
    [7, 210],
    [64, 640],
  ])(
    'G06 in groups of %i: what was acknowledged is there, and nothing is half there',
    async (group, acknowledged) => {
      const file = freshFile()
      const last = await killAfter(file, acknowledged, group)
      const store = sqlite({ file })
      await store.migrate()

      const db = new Database(file, { readonly: true })
      const count = (from: string): number => db.prepare(`select count(*) from ${from}`).pluck().get() as number
      const stored = count('conversation')
      expect(stored).toBeGreaterThanOrEqual(last)
      // A group is one transaction.
      expect(stored % group).toBe(0)
      for (const table of ['identity', 'document', 'external', 'entry']) expect(count(table)).toBe(stored)
      expect(db.prepare('select n from counter').pluck().all()).toEqual([stored])
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
      db.close()

      const { conversations } = await store.load({
        ...emptyRequest,
        conversations: [1, last].map((n) => ({ workspace, id: id(n) })),
      })
      expect(conversations.map((row) => row.id)).toEqual([id(1), id(last)])

      // The sender tries again what it was not answered for: all of it is there once.
      const again = Array.from({ length: 10 }, (_, index) => stored - 4 + index)
      const answers = await store.commit(again.map(arrival))
      expect(answers.map(({ _tag }) => _tag)).toEqual(again.map((n) => (n <= stored ? 'Conflict' : 'Committed')))
      expect(await store.position(workspace)).toBe(stored + 5)
      await store.close()
    },
    60_000,
  )
})
