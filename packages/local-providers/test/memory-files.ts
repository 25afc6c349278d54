import type { Files, HeldFile } from '../src/index.ts'

/** Files for as long as a test lasts; ids are numbers, as those of Meta. */
export const memoryFiles = (): Files => {
  const held = new Map<string, HeldFile>()
  return {
    keep: (file) => {
      const id = String(1_000_000 + held.size)
      held.set(id, file)
      return id
    },
    get: (id) => held.get(id),
  }
}
