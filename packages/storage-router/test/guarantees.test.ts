import { guaranteeCases } from '@guichet/conformance'
import { memoryStorage } from '@guichet/engine/memory'
import { describe, test } from 'vitest'
import { router } from '../src/index.ts'
import { routeAmong } from './route-among.ts'

const stores = ['a', 'b']

describe('an engine on a router over two stores', () => {
  const cases = guaranteeCases({
    open: async () =>
      router({
        stores: Object.fromEntries(stores.map((name) => [name, memoryStorage()])),
        route: routeAmong(stores),
      }),
  })
  for (const { name, run } of cases) test(name, run)
})
