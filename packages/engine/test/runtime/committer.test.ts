import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, Storage } from '@guichet/engine/ports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { makeCommitter } from '../../src/runtime/committer.ts'
import { noNeeds } from '../../src/runtime/view.ts'

const draft = (agent: string, data: string) => ({ conversation: 'c', agent, mode: 'reply' as const, data, at: 0 })

const committerOn = (storage: Storage) =>
  makeCommitter(
    storage,
    makeBus(() => undefined),
    () => 0,
  )

const putting = (agent: string) => ({
  workspace: 'w',
  needs: {},
  decide: () => ({ _tag: 'Decided' as const, value: agent, changes: { workspace: 'w', drafts: [draft(agent, 'x')] } }),
})

describe('the group committer', () => {
  it('stores what is asked at once in one transaction', async () => {
    const storage = memoryStorage()
    const committer = committerOn(storage)
    const before = storage.stats().commits
    await Promise.all(Array.from({ length: 64 }, (_, index) => committer.submit(putting(`agent ${index}`))))
    expect(storage.stats().commits - before).toBe(1)
  })

  it('stores what came in one request in one transaction, however much it is, and what came beside it apart', async () => {
    const storage = memoryStorage()
    const committer = committerOn(storage)
    const before = storage.stats().commits
    const request = {}
    const all = Array.from({ length: 1000 }, (_, index) => ({ ...putting(`agent ${index}`), request }))
    await Promise.all([...all, putting('ana')].map((task) => committer.submit(task)))
    expect(storage.stats().commits - before).toBe(2)
  })

  it('stores a request in one commit and in its order, also where some of it has to see more, which is loaded at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), async (needy) => {
        const storage = memoryStorage()
        let loads = 0
        const committer = committerOn({
          ...storage,
          load: (request) => {
            loads += 1
            return storage.load(request)
          },
        })
        const list = { workspace: 'w', kind: 'list', id: 'one' }
        const request = {}
        const before = storage.stats().commits
        const tasks = needy.map((needs, n) => {
          let seen = !needs
          return committer.submit({
            workspace: 'w',
            request,
            needs: { documents: [list] },
            decide: (view) => {
              if (!seen) {
                seen = true
                return { _tag: 'Needs', needs: { documents: [{ ...list, id: `of ${n}` }] } }
              }
              const stored = view.document('w', 'list', 'one')
              const data = `${stored?.data ?? ''} ${n}`
              const version = (stored?.version ?? 0) + 1
              const documents = [{ kind: 'list', id: 'one', version, parent: null, words: '', data }]
              return { _tag: 'Decided', value: n, changes: { workspace: 'w', documents } }
            },
          })
        })
        await Promise.all(tasks)
        const loaded = await storage.load({ ...noNeeds, documents: [list] })
        expect(loaded.documents[0]?.data).toBe(needy.map((_, n) => ` ${n}`).join(''))
        expect(loads).toBe(needy.every((needs) => !needs) ? 1 : 2)
        expect(storage.stats().commits - before).toBe(1)
      }),
    )
  })

  it('stores a request together again when somebody else was faster, so that nobody behind it waits for each of it', async () => {
    const storage = memoryStorage()
    let losing = 1
    const committer = committerOn({
      ...storage,
      commit: (sets) => (losing-- > 0 ? sets.map(() => ({ _tag: 'Conflict' as const })) : storage.commit(sets)),
    })
    const before = storage.stats().commits
    const request = {}
    const all = Array.from({ length: 300 }, (_, index) => ({ ...putting(`agent ${index}`), request }))
    await Promise.all([...all, putting('ana')].map((task) => committer.submit(task)))
    expect(storage.stats().commits - before).toBe(2)
  })

  it('stores the rest of a request where one of it never wins', async () => {
    const storage = memoryStorage()
    const isContended = ({ drafts }: Changeset): boolean => drafts.some(({ agent }) => agent === 'agent 1')
    const committer = committerOn({
      ...storage,
      commit: async (sets) =>
        sets.some(isContended) ? sets.map(() => ({ _tag: 'Conflict' as const })) : storage.commit(sets),
    })
    const request = {}
    const all = Array.from({ length: 3 }, (_, index) => committer.submit({ ...putting(`agent ${index}`), request }))
    const settled = await Promise.allSettled(all)
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('asks nothing of the store for what changes nothing', async () => {
    const storage = memoryStorage()
    const committed = await committerOn(storage).submit({
      workspace: 'w',
      needs: {},
      decide: () => ({ _tag: 'Decided', value: 'seen', changes: { workspace: 'w' } }),
    })
    expect([committed.value, storage.stats().commits]).toEqual(['seen', 0])
  })

  it('decides again when somebody else was faster, and says so when it never wins', async () => {
    const storage = memoryStorage()
    let losing = 3
    const contended: Storage = {
      ...storage,
      commit: (sets) => (losing-- > 0 ? sets.map(() => ({ _tag: 'Conflict' as const })) : storage.commit(sets)),
    }
    const committer = committerOn(contended)
    let decided = 0
    const task = {
      workspace: 'w',
      needs: {},
      decide: () => {
        decided += 1
        return putting('ana').decide()
      },
    }
    expect((await committer.submit(task)).value).toBe('ana')
    expect(decided).toBe(4)
    losing = Number.POSITIVE_INFINITY
    await expect(committer.submit(putting('ben'))).rejects.toMatchObject({ code: 'Contended', retryable: true })
  })

  it('refuses at once who settles work that is in other hands, and nobody else in the batch', async () => {
    const storage = memoryStorage()
    const work = { id: 'one', kind: 'k', lane: 'l', due: 0, key: null, payload: '' }
    await committerOn(storage).submit({
      workspace: 'w',
      needs: {},
      decide: () => ({ _tag: 'Decided', value: '', changes: { workspace: 'w', work: [work] } }),
    })
    const claim = { kinds: ['k'], leaseMs: 1, limit: 1 }
    storage.claim({ ...claim, now: 0 })
    storage.claim({ ...claim, now: 1 })
    let tried = 0
    const committer = committerOn({
      ...storage,
      commit: (sets) => {
        if (sets.some(({ settle }) => settle.length > 0)) tried += 1
        return storage.commit(sets)
      },
    })
    const settling = (attempts: number) =>
      committer.submit({
        workspace: 'w',
        needs: {},
        decide: () => ({ _tag: 'Decided', value: '', changes: { workspace: 'w', settle: [{ id: 'one', attempts }] } }),
      })
    const late = settling(1)
    const other = committer.submit(putting('ana'))
    await expect(late).rejects.toMatchObject({ code: 'Contended', retryable: false })
    expect((await other).value).toBe('ana')
    // Once with the other, and once alone.
    expect(tried).toBe(2)
    await settling(2)
    await expect(settling(2)).rejects.toMatchObject({ code: 'Contended' })
    expect(tried).toBe(4)
  })

  it('a decision that fails harms nobody else in its batch', async () => {
    const committer = committerOn(memoryStorage())
    const bad = committer.submit({
      workspace: 'w',
      needs: {},
      decide: () => {
        throw new Error('a bug')
      },
    })
    const good = committer.submit(putting('ana'))
    await expect(bad).rejects.toMatchObject({ code: 'Defect' })
    expect((await good).value).toBe('ana')
  })

  it('what needs to see more first is not told of a commit that it took no part in', async () => {
    const storage = memoryStorage()
    let failing = true
    const committer = committerOn({
      ...storage,
      commit: (sets) => {
        if (!failing) return storage.commit(sets)
        failing = false
        throw new Error('disk full')
      },
    })
    let asked = false
    const needy = committer.submit({
      workspace: 'w',
      needs: {},
      decide: () => {
        if (asked) return putting('ana').decide()
        asked = true
        return { _tag: 'Needs', needs: { documents: [{ workspace: 'w', kind: 'contact', id: 'k' }] } }
      },
    })
    const unlucky = committer.submit(putting('ben'))
    await expect(unlucky).rejects.toMatchObject({ code: 'StorageFailed' })
    expect((await needy).value).toBe('ana')
    expect(storage.draft('w', 'c', 'ana', 'reply')).toBe('x')
    expect(storage.draft('w', 'c', 'ben', 'reply')).toBeUndefined()
  })
})
