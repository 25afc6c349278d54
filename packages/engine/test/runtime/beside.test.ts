import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, Storage, StoredDocument } from '@guichet/engine/ports'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeBus } from '../../src/runtime/bus.ts'
import { type Changes, merge } from '../../src/runtime/changes.ts'
import { type Task, makeCommitter } from '../../src/runtime/committer.ts'
import type { View } from '../../src/runtime/view.ts'

const workspace = 'w'
const kind = 'contact'

const committerOn = (storage: Storage) =>
  makeCommitter(
    storage,
    makeBus(() => undefined),
    () => 0,
  )

const listed = (stored: StoredDocument | undefined): ReadonlyArray<number> =>
  stored?.data == null ? [] : (JSON.parse(stored.data) as ReadonlyArray<number>)

const appended = (view: View, ids: ReadonlyArray<string>, n: number): Changes => ({
  workspace,
  documents: ids.map((id) => {
    const stored = view.document(workspace, kind, id)
    const data = JSON.stringify([...listed(stored), n])
    return { kind, id, version: (stored?.version ?? 0) + 1, parent: null, words: '', data }
  }),
})

/** Writes its number at the end of lists, and of the one that an address leads to, which shows when it is loaded. */
const writing = (n: number, lists: ReadonlyArray<string>, address?: string): Task<number> => ({
  workspace,
  needs: {
    documents: lists.map((id) => ({ workspace, kind, id })),
    identities: address === undefined ? [] : [{ workspace, account: 'mail', address }],
  },
  decide: (view) => {
    const found = address === undefined ? undefined : view.identity(workspace, 'mail', address)?.contact
    const all = new Set(found === undefined ? lists : [...lists, found])
    return { _tag: 'Decided', value: n, changes: appended(view, [...all], n) }
  },
})

const identity = (address: string, contact: string) => ({
  account: 'mail',
  address,
  contact,
  conversation: null,
  verified: false,
  version: 1,
})

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const listOf = async (storage: Storage, id: string): Promise<ReadonlyArray<number>> => {
  const request = { conversations: [], identities: [], externals: [], deliveries: [], counters: [] }
  const { documents } = await storage.load({ ...request, documents: [{ workspace, kind, id }] })
  return listed(documents[0])
}

const numbers = (from: number, count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, (_, n) => from + n)

/** A store on which commits stay under way until they are let through, one at a time. */
const slowStore = (batches: number) => {
  const inner = memoryStorage()
  const underWay: Array<{ readonly written: ReadonlyArray<string>; readonly end: (error?: Error) => void }> = []
  const storage: Storage = {
    ...inner,
    batches,
    commit: async (sets) => {
      const written = sets.flatMap((set) => set.documents.map(({ id }) => id))
      await new Promise<void>((resolve, reject) => {
        underWay.push({ written, end: (error) => (error === undefined ? resolve() : reject(error)) })
      })
      return inner.commit(sets)
    },
  }
  return { storage, underWay }
}

const knowing = async (
  storage: Storage,
  underWay: ReturnType<typeof slowStore>['underWay'],
  identities: Changeset['identities'],
): Promise<void> => {
  const stored = storage.commit([merge(workspace, [{ workspace, identities }])])
  underWay[0]?.end()
  await stored
}

const own = (n: number): Task<number> => writing(n, [`own ${n}`])

describe('a batch beside another one', () => {
  it('goes when enough wait, up to as many as the store wants', async () => {
    const { storage, underWay } = slowStore(2)
    const committer = committerOn(storage)
    const answers = [committer.submit(own(0))]
    await expect.poll(() => underWay).toHaveLength(1)
    answers.push(...numbers(1, 20).map((n) => committer.submit(own(n))))
    await expect.poll(() => underWay).toHaveLength(2)
    expect(underWay[1]?.written).toHaveLength(20)
    answers.push(...numbers(21, 20).map((n) => committer.submit(own(n))))
    underWay[1]?.end()
    // The third has waited for room, and the first is still under way.
    await expect.poll(() => underWay).toHaveLength(3)
    underWay[0]?.end()
    underWay[2]?.end()
    await Promise.all(answers)
    await committer.idle()
    expect(underWay.map(({ written }) => written.length)).toEqual([1, 20, 20])
  })

  it('has nothing that the other has, nor what came later for the same, and the rest goes past', async () => {
    const { storage, underWay } = slowStore(2)
    const committer = committerOn(storage)
    const answers = [committer.submit(writing(0, ['x']))]
    await expect.poll(() => underWay).toHaveLength(1)
    answers.push(committer.submit(writing(1, ['x', 'y'])), committer.submit(writing(2, ['y'])))
    answers.push(...numbers(3, 20).map((n) => committer.submit(own(n))))
    await expect.poll(() => underWay).toHaveLength(2)
    expect(underWay[1]?.written).toEqual(numbers(3, 20).map((n) => `own ${n}`))
    underWay[0]?.end()
    underWay[1]?.end()
    await expect.poll(() => underWay).toHaveLength(3)
    expect(underWay[2]?.written).toEqual(['x', 'y'])
    underWay[2]?.end()
    await Promise.all(answers)
    expect([await listOf(storage, 'x'), await listOf(storage, 'y')]).toEqual([
      [0, 1],
      [1, 2],
    ])
  })

  it('leaves to the other what turns out to be the same only when it is loaded, and nobody loses a race', async () => {
    const { storage, underWay } = slowStore(2)
    const committer = committerOn(storage)
    await knowing(storage, underWay, [identity('claire@example.org', 'claire')])
    const answers = [committer.submit(writing(0, ['claire']))]
    await expect.poll(() => underWay).toHaveLength(2)
    answers.push(committer.submit(writing(1, [], 'claire@example.org')))
    answers.push(...numbers(2, 20).map((n) => committer.submit(own(n))))
    await expect.poll(() => underWay).toHaveLength(3)
    expect(underWay[2]?.written).not.toContain('claire')
    underWay[2]?.end()
    underWay[1]?.end()
    await expect.poll(() => underWay).toHaveLength(4)
    expect(underWay[3]?.written).toEqual(['claire'])
    underWay[3]?.end()
    await Promise.all(answers)
    expect(await listOf(storage, 'claire')).toEqual([0, 1])
  })

  it('fails for those in it alone', async () => {
    const { storage, underWay } = slowStore(2)
    const committer = committerOn(storage)
    const first = committer.submit(own(0))
    await expect.poll(() => underWay).toHaveLength(1)
    const others = Promise.allSettled(numbers(1, 20).map((n) => committer.submit(own(n))))
    await expect.poll(() => underWay).toHaveLength(2)
    underWay[1]?.end(new Error('disk full'))
    for (const one of await others) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'StorageFailed', retryable: true } })
    }
    underWay[0]?.end()
    expect((await first).value).toBe(0)
  })
})

describe('whatever the order in which a store answers', () => {
  const people = ['0', '1', '2', '3']
  const tasks = fc.array(
    fc.oneof(
      fc.record({
        lists: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 2 }),
        address: fc.option(fc.constantFrom(...people), { nil: undefined }),
      }),
      // Many have nothing to do with each other.
      fc.constant({ lists: new Array<string>(), address: undefined }),
    ),
    { minLength: 40, maxLength: 120, size: 'max' },
  )

  it('everything about one thing is done once and in the order in which it was asked for, and no race is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        // What was asked is taken up before the next thing happens.
        fc.scheduler({ act: (happen) => happen().then(turn) }),
        tasks,
        fc.constantFrom(1, 2, 3),
        fc.integer({ min: 1, max: 40 }),
        async (scheduler, asked, batches, atOnce) => {
          const inner = memoryStorage()
          inner.commit([merge(workspace, [{ workspace, identities: people.map((id) => identity(id, id)) }])])
          let under = 0
          let most = 0
          let conflicts = 0
          /** A question takes a while to come to the store, and so does the answer back. */
          const far = async <A>(ask: () => A | Promise<A>): Promise<A> => {
            under += 1
            most = Math.max(most, under)
            await scheduler.schedule(Promise.resolve(), 'asked')
            const answer = await ask()
            await scheduler.schedule(Promise.resolve(), 'answered')
            under -= 1
            return answer
          }
          const storage: Storage = {
            ...inner,
            batches,
            load: (request) => far(() => inner.load(request)),
            commit: async (sets) => {
              const results = await far(() => inner.commit(sets))
              conflicts += results.filter(({ _tag }) => _tag === 'Conflict').length
              return results
            },
          }
          const committer = committerOn(storage)
          const answers: Array<Promise<unknown>> = []
          const askAll = async (): Promise<void> => {
            for (let n = 0; n < asked.length; n += 1) {
              if (n > 0 && n % atOnce === 0) await scheduler.schedule(Promise.resolve(), 'more are asked')
              const { lists = [], address } = asked[n] ?? {}
              answers.push(committer.submit(writing(n, lists, address)))
            }
            await Promise.all(answers)
            await committer.idle()
          }
          await scheduler.waitFor(askAll())
          expect(conflicts).toBe(0)
          expect(most).toBeLessThanOrEqual(batches)
          for (const id of people) {
            const done = await listOf(inner, id)
            const known = asked.flatMap(({ lists }, n) => (lists.includes(id) ? [n] : []))
            const found = asked.flatMap(({ address }, n) => (address === id ? [n] : []))
            expect(done.filter((n) => known.includes(n))).toEqual(known)
            expect(done.filter((n) => found.includes(n))).toEqual(found)
            expect(done).toHaveLength(new Set([...known, ...found]).size)
            // One batch at a time does not even change the order among them.
            if (batches === 1) expect(done).toEqual([...done].sort((a, b) => a - b))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
