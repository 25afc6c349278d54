import { EngineError } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import type { Storage } from '@guichet/engine/ports'
import { describe, expect, it } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { makeCommitters } from '../../src/runtime/committers.ts'

const putting = (workspace: string, agent = 'ana') => ({
  workspace,
  needs: { documents: [{ workspace, kind: 'seat', id: agent }] },
  decide: () => {
    const drafts = [{ conversation: 'c', agent, mode: 'reply' as const, data: 'x', at: 0 }]
    return { _tag: 'Decided' as const, value: agent, changes: { workspace, drafts } }
  },
})

/** Workspaces live in the store that their first letter names. */
const shardOf = (workspace: string): string => {
  if (workspace.startsWith('?')) throw new TypeError('nobody knows where')
  return workspace.slice(0, 1)
}

const committersOn = (storage: Storage) =>
  makeCommitters(
    storage,
    makeBus(() => undefined),
    () => 0,
  )

const workspaces = ['a1', 'b1', 'a2', 'b2', 'c1']

describe('a store made of several', () => {
  it('is asked for what lives in different ones in different calls, each group as one', async () => {
    const inner = memoryStorage()
    const together: Array<ReadonlyArray<string>> = []
    const committers = committersOn({
      ...inner,
      shardOf,
      load: (request) => {
        together.push(request.documents.map(({ workspace }) => workspace))
        return inner.load(request)
      },
      commit: (sets) => {
        together.push(sets.map(({ workspace }) => workspace))
        return inner.commit(sets)
      },
    })
    await Promise.all(workspaces.map((workspace) => committers.submit(putting(workspace))))
    const groups = [['a1', 'a2'], ['b1', 'b2'], ['c1']]
    expect([...together].sort()).toEqual([...groups, ...groups].sort())
  })

  it('works on where one of them fails or does not answer, and is idle when all have answered', async () => {
    const inner = memoryStorage()
    let answer = (): void => undefined
    const stuck = new Promise<void>((resolve) => {
      answer = resolve
    })
    const committers = committersOn({
      ...inner,
      shardOf,
      commit: async (sets) => {
        if (sets[0]?.workspace.startsWith('a') === true) throw new Error('out of reach')
        if (sets[0]?.workspace.startsWith('b') === true) await stuck
        return inner.commit(sets)
      },
    })
    const slow = committers.submit(putting('b1'))
    await expect(committers.submit(putting('a1'))).rejects.toMatchObject({ code: 'StorageFailed', retryable: true })
    expect((await committers.submit(putting('c1'))).value).toBe('ana')
    let idle = false
    const waited = committers.idle().then(() => {
      idle = true
    })
    expect((await committers.submit(putting('c2'))).value).toBe('ana')
    expect(idle).toBe(false)
    answer()
    expect((await slow).value).toBe('ana')
    await waited
  })

  it('rejects what lives nowhere as a store that fails does', async () => {
    const committers = committersOn({ ...memoryStorage(), shardOf })
    const lost = committers.submit(putting('?'))
    await expect(lost).rejects.toBeInstanceOf(EngineError)
    await expect(lost).rejects.toMatchObject({ code: 'StorageFailed' })
  })
})

describe('a task about more than one workspace', () => {
  const foreign = { documents: [{ workspace: 'b1', kind: 'seat', id: 'ana' }] }
  const wrong = {
    'that needs something elsewhere': { ...putting('a1'), needs: foreign },
    'that looks at something elsewhere': { ...putting('a1'), looksAt: foreign },
    'that comes to need something elsewhere': {
      ...putting('a1'),
      decide: () => ({ _tag: 'Needs' as const, needs: foreign }),
    },
    'that changes something elsewhere': { ...putting('a1'), decide: putting('b1').decide },
  }
  for (const [name, task] of Object.entries(wrong)) {
    it(`${name} is a defect, and harms nobody else`, async () => {
      const committers = committersOn({ ...memoryStorage(), shardOf })
      const [bad, good] = await Promise.allSettled([committers.submit<string>(task), committers.submit(putting('a1'))])
      expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'Defect' } })
      expect(good).toMatchObject({ status: 'fulfilled', value: { value: 'ana' } })
    })
  }
})
