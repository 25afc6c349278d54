import type { Storage } from '@guichet/engine/ports'
import { afterEach, describe, expect, test } from 'vitest'
import { sqlite } from '../src/index.ts'
import { inspect } from './faults/inspect.ts'
import { arrival, changeset, entry, following, id, noon, workspace } from '../../../tooling/stores/changesets.ts'
import { lines, startChild } from './support/child.ts'
import { freshFiles } from './support/files.ts'
import { rawReader } from './support/raw-reader.ts'

const freshFile = freshFiles()
const opened: Storage[] = []

const open = async (file: string): Promise<Storage> => {
  const store = sqlite({ file, watchEveryMs: 1 })
  opened.push(store)
  await store.migrate()
  return store
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
})

const positions = async (store: Storage): Promise<ReadonlyArray<number>> =>
  (await store.stream({ workspace, after: 0, limit: 100_000 })).items.map(({ position }) => position)

describe('two stores on one file', () => {
  test('see what the other has committed, at once', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    await one.commit([arrival(1)])
    await other.commit([arrival(2)])
    expect(await positions(one)).toEqual([1, 2])
    expect(await other.workspaces()).toEqual([workspace])
    expect(await one.commit([changeset({ entries: [entry(1, 2)] })])).toEqual([{ _tag: 'Committed', position: 3 }])
  })

  test('G32 conflict when both change the version that they have seen', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    await one.commit([arrival(1)])
    expect(await other.commit([following(1, 2)])).toMatchObject([{ _tag: 'Committed' }])
    expect(await one.commit([following(1, 2)])).toEqual([{ _tag: 'Conflict' }])
  })

  test('G17 never claim the same work', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    const work = Array.from({ length: 40 }, (_, n) => ({
      id: id(n),
      kind: 'deliver',
      lane: `${n}`,
      due: noon,
      key: null,
      payload: '{}',
    }))
    await one.commit([changeset({ work })])
    const query = { kinds: ['deliver'], now: noon, leaseMs: 1_000, limit: 7 }
    const claimed: string[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      for (const store of [one, other]) claimed.push(...(await store.claim(query)).map((item) => item.id))
    }
    expect(claimed.toSorted()).toEqual(work.map((item) => item.id))
  })

  test('forget a workspace whose first changeset was undone', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    await one.commit([arrival(1)])
    const nowhere = { ...changeset({ settle: [{ id: id(9), attempts: 1 }] }), workspace: 'ghost' }
    expect(await one.commit([nowhere])).toEqual([{ _tag: 'Conflict', over: 'work' }])
    // The other takes the number that the undone one had.
    await other.commit([{ ...arrival(2), workspace: 'taken' }])
    await one.commit([{ ...arrival(3), workspace: 'ghost' }])
    expect(await rawReader(file).count('conversations', 'taken')).toBe(1)
    expect(await rawReader(file).count('conversations', 'ghost')).toBe(1)
  })
})

describe('who watches a file', () => {
  const nextHint = (store: Storage): Promise<string> =>
    new Promise((resolve) => {
      const stop = store.watch?.((heard) => {
        stop?.()
        resolve(heard)
      })
    })

  test('hears in which workspace another connection has committed', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    await one.commit([arrival(1)])
    const heard = nextHint(one)
    await other.commit([{ ...arrival(2), workspace: 'elsewhere' }])
    expect(await heard).toBe('elsewhere')
  })

  test('hears of one that shares the connection as well', async () => {
    const store = await open(freshFile())
    const heard = [nextHint(store), nextHint(store)]
    await store.commit([arrival(1)])
    expect(await Promise.all(heard)).toEqual([workspace, workspace])
  })

  test('hears nothing more when it has stopped, and keeps no process alive', async () => {
    const file = freshFile()
    const [one, other] = [await open(file), await open(file)]
    const heard: string[] = []
    one.watch?.((name) => void heard.push(name))?.()
    const after = nextHint(one)
    await other.commit([arrival(1)])
    await after
    expect(heard).toEqual([])
  })
})

describe('several processes on one file', () => {
  test('G45 commit at the same time: nothing is lost, and positions are unique and without gaps', async () => {
    const file = freshFile()
    await (await open(file)).commit([arrival(1)])
    const [each, starts] = [300, [10_000, 20_000, 30_000, 40_000]]
    const children = starts.map((from) => startChild('commitArrivals', [file, String(from), String(each), '3']))
    expect(await Promise.all(children.map((child) => lines(child, () => {})))).toEqual([0, 0, 0, 0])
    const store = await open(file)
    const all = starts.length * each + 1
    expect(await positions(store)).toEqual(Array.from({ length: all }, (_, index) => index + 1))
    expect(await store.counters(workspace, ['workspace'])).toEqual([{ scope: 'workspace', bucket: 'open', by: all }])
    expect(inspect(file).faults).toEqual([])
  })

  test('wait for each other: a commit goes through when the lock is let go', async () => {
    const file = freshFile()
    const store = await open(file)
    const child = startChild('holdLock', [file])
    const answers: unknown[] = []
    const ended = lines(child, () => {
      child.stdin?.write('go\n')
      answers.push(store.commit([arrival(1)]))
    })
    expect(await ended).toBe(0)
    expect(await Promise.all(answers)).toEqual([[{ _tag: 'Committed', position: 1 }]])
  })
})
