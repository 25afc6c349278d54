import { writeSync } from 'node:fs'
import { sqlite } from '../../src/index.ts'
import { arrival } from '../../../../tooling/stores/changesets.ts'

// Commits arrivals from a number on, in groups, and says so after each commit, until it is killed or has done enough.
const [file = '', from = '1', count = '1000000', group = '1'] = process.argv.slice(2)

/** Another process may hold the file for longer than a call waits: that, and nothing else, is tried again. */
const patiently = async <A>(run: () => A | Promise<A>): Promise<A> => {
  for (;;) {
    try {
      return await run()
    } catch (error) {
      const { code, retryable } = error as { readonly code?: string; readonly retryable?: boolean }
      if (!(retryable === true && code?.startsWith('SQLITE_BUSY') === true)) throw error
    }
  }
}

const store = sqlite({ file })
await patiently(() => store.migrate())
for (let n = Number(from); n < Number(from) + Number(count); n += Number(group)) {
  const numbers = Array.from({ length: Number(group) }, (_, index) => n + index)
  const answers = await patiently(() => store.commit(numbers.map(arrival)))
  if (answers.some(({ _tag }) => _tag === 'Conflict')) throw new Error('nothing here may conflict')
  // Not buffered: what is said has left the process.
  writeSync(1, `${numbers.at(-1)}\n`)
}
await store.close()
