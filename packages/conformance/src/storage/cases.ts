import type { Storage } from '@guichet/engine/ports'
import type { ConformanceCase } from '../conformance-case.ts'
import { addressCases } from './addresses.ts'
import { limitCases } from './capacity.ts'
import { commitCases } from './commit.ts'
import { counterCases } from './counters.ts'
import { countCases } from './counts.ts'
import { documentCases } from './documents.ts'
import { durabilityCases } from './durability.ts'
import { eraseCases } from './erase.ts'
import type { StorageCase, StorageHarness } from './harness.ts'
import { hostileCases } from './hostile.ts'
import { isolationCases } from './isolation.ts'
import { keepingCases } from './keeping.ts'
import { laneCases } from './lanes.ts'
import { listCases } from './list.ts'
import { loadCases } from './load.ts'
import { modelCases } from './model.ts'
import { readMarkCases } from './read-marks.ts'
import { recordCases } from './records.ts'
import { searchCases } from './search.ts'
import { streamCases } from './stream.ts'
import { timelineCases } from './timeline.ts'
import { versionCases } from './versions.ts'
import { workCases } from './work.ts'

const all: ReadonlyArray<StorageCase> = [
  ...commitCases,
  ...versionCases,
  ...loadCases,
  ...documentCases,
  ...addressCases,
  ...listCases,
  ...readMarkCases,
  ...countCases,
  ...counterCases,
  ...limitCases,
  ...timelineCases,
  ...eraseCases,
  ...searchCases,
  ...streamCases,
  ...recordCases,
  ...workCases,
  ...laneCases,
  ...keepingCases,
  ...isolationCases,
  ...hostileCases,
  ...durabilityCases,
  ...modelCases,
]

const run = async (harness: StorageHarness, { body }: StorageCase): Promise<void> => {
  const stores = new Set<Storage>()
  const open = async (): Promise<Storage> => {
    const store = await harness.open()
    stores.add(store)
    return store
  }
  let store = await open()
  try {
    await body({
      store,
      runs: harness.runs ?? 100,
      commands: harness.commands ?? 30,
      another: open,
      reopen: async () => {
        if (harness.reopen === undefined) throw new Error('this harness cannot reopen a store')
        stores.delete(store)
        store = await harness.reopen(store)
        stores.add(store)
        return store
      },
      raw: () => {
        if (harness.raw === undefined) throw new Error('this harness has no raw reader')
        return harness.raw(store)
      },
    })
  } finally {
    for (const opened of stores) await opened.close()
  }
}

/**
 * Everything that a store must do, as cases for any test runner. Cases that need something that the harness does not
 * offer (`reopen`, `raw`) are left out.
 *
 * @example
 * ```ts
 * import { storageCases, titleOf } from '@guichet/conformance'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * for (const each of storageCases({ open: async () => memoryStorage() })) {
 *   // With a test runner: test(titleOf(each), each.run)
 *   if (each.area === 'timeline') await each.run().catch((error) => console.log(titleOf(each), error))
 * }
 * ```
 */
export const storageCases = (harness: StorageHarness): ReadonlyArray<ConformanceCase> =>
  all
    .filter(({ needs }) => needs === undefined || harness[needs] !== undefined)
    .map((each) => ({
      area: each.area,
      name: each.name,
      ...(each.guarantee === undefined ? {} : { guarantee: each.guarantee }),
      run: () => run(harness, each),
    }))
