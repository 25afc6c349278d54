import { readFileSync } from 'node:fs'
import { guaranteeCases } from '@guichet/conformance'
import type { Storage } from '@guichet/engine/ports'
import { describe, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { freshFiles } from './support/files.ts'

const freshFile = freshFiles()
const files = new WeakMap<Storage, string>()

/** No power is cut here, and what processes do to each other `normal` survives as `full` does. */
const open = (file: string): Storage => {
  const store = sqlite({ file, synchronous: 'normal' })
  files.set(store, file)
  return store
}

describe('on sqlite', () => {
  const cases = guaranteeCases({
    open: async () => open(freshFile()),
    reopen: async (store) => {
      await store.close()
      return open(files.get(store) ?? '')
    },
    atRest: async (store) => readFileSync(files.get(store) ?? ''),
  })
  for (const { name, run } of cases) test(name, run)
})
