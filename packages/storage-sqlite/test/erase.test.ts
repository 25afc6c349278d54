import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { changeset, entry, id, workspace } from '../../../tooling/stores/changesets.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()

test('what is erased is nowhere in the file any more, not in the full text either', async () => {
  const file = freshFile()
  const store = sqlite({ file })
  await store.migrate()
  const secret = 'zyxwvutsrq'
  const entries = Array.from({ length: 400 }, (_, n) =>
    entry(n % 20, Math.floor(n / 20) + 1, { body: n === 77 ? `Bonjour, ${secret} merci` : `Bonjour numéro ${n}` }),
  )
  await store.commit([changeset({ entries })])
  await store.index(1_000)
  const search = (word: string) =>
    store.search({ workspace, visibility: { _tag: 'All' }, filter: {}, words: [word], limit: 1_000 })
  await store.commit([changeset({ erase: [{ conversation: id(17), seq: 4 }] })])
  expect(await search(secret)).toEqual([])
  await store.close()
  expect(readFileSync(file).includes(secret)).toBe(false)

  const db = new Database(file)
  // Throws when the full text does not agree with itself.
  db.exec(`insert into search (search) values ('integrity-check')`)
  expect(db.prepare(`select count(*) from search where search match 'bonjour'`).pluck().get()).toBe(399)
  db.close()
})
