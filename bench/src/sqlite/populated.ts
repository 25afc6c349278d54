import { sqlite } from '@guichet/storage-sqlite'
import { populate } from '../workload.ts'

/** A file with all conversations of the workload, and nobody at work on it. */
export const populatedFile = async (file: string): Promise<string> => {
  const store = sqlite({ file })
  await store.migrate()
  await populate(store)
  await store.close()
  return file
}
