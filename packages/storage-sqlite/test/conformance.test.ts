import { storageCases, titleOf } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { describe, test, vi } from 'vitest'
import { sqlite } from '../src/index.ts'
import { freshFiles } from './support/files.ts'
import { rawReader } from './support/raw-reader.ts'

const freshFile = freshFiles()
const files = new WeakMap<Storage, string>()

const open = async (file: string): Promise<Storage> => {
  const store = sqlite({ file })
  files.set(store, file)
  await store.migrate()
  return store
}

const fileOf = (store: Storage): string => {
  const file = files.get(store)
  if (file === undefined) throw new Error('this store was not opened here')
  return file
}

/** `GUICHET_PLANS=1000` compares the store with the one in memory over so many plans, of a hundred commands each on average. */
const plans = process.env['GUICHET_PLANS']
if (plans !== undefined) vi.setConfig({ testTimeout: 3_600_000 })

describe('sqlite', () => {
  const cases = storageCases({
    ...(plans === undefined ? {} : { runs: Number(plans), commands: 200 }),
    open: () => open(freshFile()),
    reopen: async (store) => {
      await store.close()
      return open(fileOf(store))
    },
    raw: (store) => rawReader(fileOf(store)),
  })
  for (const each of cases) test(titleOf(each), each.run)
})
