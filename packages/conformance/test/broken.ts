import { memoryStorage } from '@guichet/engine/memory'
import type { Changeset, CommitResult, ListQuery, Storage } from '@guichet/engine/ports'
import { type ConformanceCase, emptyRequest, type StorageHarness, storageCases, titleOf } from '../src/index.ts'

/** Stores that are right but for one thing, each a mistake that a real adapter can make. */
export type Bug = (store: Storage) => Storage

const each = (changes: ReadonlyArray<Changeset>, change: (one: Changeset) => Changeset) => changes.map(change)

/** Whatever version is expected, it is the one that is there. */
export const ignoresVersions: Bug = (store) => ({
  ...store,
  commit: async (changes) => {
    const results = []
    for (const change of changes) {
      const refs = change.conversations.map(({ row }) => ({ workspace: change.workspace, id: row.id }))
      const found = await store.load({ ...emptyRequest, conversations: refs })
      const versionOf = (id: string) => found.conversations.find((row) => row.id === id)?.version ?? 0
      const conversations = change.conversations.map(({ row }) => ({ row, expected: versionOf(row.id) }))
      results.push(...(await store.commit([{ ...change, conversations }])))
    }
    return results
  },
})

/** An external id that is known is passed over in silence. */
export const ignoresDuplicates: Bug = (store) => ({
  ...store,
  commit: async (changes) => {
    const results = []
    for (const change of changes) {
      const known = await store.load({
        ...emptyRequest,
        externals: change.externals.map((row) => ({ ...row, workspace: change.workspace })),
      })
      const isNew = (account: string, externalId: string) =>
        !known.externals.some((row) => row.account === account && row.externalId === externalId)
      const externals = change.externals.filter((row) => isNew(row.account, row.externalId))
      results.push(...(await store.commit([{ ...change, externals }])))
    }
    return results
  },
})

/** What came before the part that conflicts stays. */
export const commitsInPart: Bug = (store) => ({
  ...store,
  commit: async (changes) => {
    const results = await store.commit(changes)
    for (const [index, result] of results.entries()) {
      const change = changes[index]
      if (result._tag === 'Committed' || change === undefined) continue
      await store.commit([
        {
          ...change,
          conversations: [],
          identities: [],
          documents: [],
          externals: [],
          moveExternals: [],
          entries: [],
          deliveries: [],
          settle: [],
          limits: [],
        },
      ])
    }
    return results
  },
})

/** One conflict refuses the whole batch. */
export const failsTogether: Bug = (store) => ({
  ...store,
  commit: async (changes) => {
    const probe: CommitResult[] = []
    for (const change of changes) {
      if (probe.some(({ _tag }) => _tag === 'Conflict')) probe.push({ _tag: 'Conflict' })
      else probe.push(...(await store.commit([change])))
    }
    return probe
  },
})

/** Every item is in a lane of its own. */
export const losesLanes: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(
      each(changes, (change) => ({
        ...change,
        work: change.work.map((item) => ({ ...item, lane: `${item.id}${item.lane}` })),
      })),
    ),
  claim: async (query) =>
    (await store.claim(query)).map((item) => ({ ...item, lane: item.lane.slice(item.id.length) })),
})

/** A lease is forgotten at once. */
export const forgetsLeases: Bug = (store) => ({ ...store, claim: (query) => store.claim({ ...query, leaseMs: 0 }) })

/** Settling asks for nothing: what somebody else has claimed since is settled too. */
export const settlesBlindly: Bug = (store) => ({
  ...store,
  commit: async (changes) => {
    const results = []
    for (const change of changes) {
      const [result] = await store.commit([change])
      if (result?._tag === 'Conflict' && change.settle.length > 0)
        results.push(...(await store.commit([{ ...change, settle: [] }])))
      else if (result !== undefined) results.push(result)
    }
    return results
  },
})

/** Whoever settles what is in other hands is left to try again. */
export const refusesWithoutReason: Bug = (store) => ({
  ...store,
  commit: async (changes) =>
    (await store.commit(changes)).map((result) => (result._tag === 'Conflict' ? { _tag: 'Conflict' } : result)),
})

/** A key replaces nothing. */
export const ignoresKeys: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(each(changes, (change) => ({ ...change, work: change.work.map((item) => ({ ...item, key: null })) }))),
})

/** The stream of one workspace has what is another's as well. */
export const leaksStream: Bug = (store) => ({
  ...store,
  stream: async (query) => {
    const items = []
    for (const workspace of await store.workspaces()) {
      items.push(...(await store.stream({ ...query, workspace })).items)
    }
    const page = items.sort((a, b) => a.position - b.position).slice(0, query.limit)
    return { items: page, position: page.at(-1)?.position ?? query.after }
  },
})

/** Search looks into a neighbour's entries as well. */
export const leaksSearch: Bug = (store) => ({
  ...store,
  search: async (query) => {
    const own = await store.search(query)
    const others = (await store.workspaces()).filter((workspace) => workspace !== query.workspace)
    const hits = []
    for (const workspace of others) hits.push(...(await store.search({ ...query, workspace })))
    return [...own, ...hits].slice(0, query.limit)
  },
})

/** A page of the stream begins with the last item of the page before. */
export const streamsTwice: Bug = (store) => ({
  ...store,
  stream: async (query) => {
    const page = await store.stream(query)
    const before = page.items.at(-2)
    return before === undefined ? page : { items: page.items, position: before.position }
  },
})

/** The last item of a full page is never shown. */
export const streamsWithGaps: Bug = (store) => ({
  ...store,
  stream: async (query) => {
    const page = await store.stream(query)
    return page.items.length < 3 ? page : { ...page, items: page.items.toSpliced(1, 1) }
  },
})

/** The next page begins at the next time, not at the next row. */
export const skipsTies: Bug = (store) => ({
  ...store,
  list: (query: ListQuery) =>
    store.list(query.after === undefined ? query : { ...query, after: { ...query.after, id: '' } }),
})

/** Whoever lists sees everything. */
export const showsEverything: Bug = (store) => ({
  ...store,
  list: (query) => store.list({ ...query, visibility: { _tag: 'All' } }),
})

/** What is read by one is read by all. */
export const sharesReadMarks: Bug = (store) => ({
  ...store,
  markRead: (query) => store.markRead({ ...query, agent: 'all' }),
  list: (query) => store.list({ ...query, reader: query.reader === null ? null : 'all' }),
})

/** Accents have to be typed as they were written. */
export const mindsAccents: Bug = (store) => ({
  ...store,
  search: async (query) =>
    (await store.search(query)).filter(({ entry }) =>
      query.words.every((word) => (entry.body ?? '').toLowerCase().includes(word.toLowerCase())),
    ),
})

/** Erasing forgets to erase. */
export const erasesNothing: Bug = (store) => ({
  ...store,
  commit: (changes) => store.commit(each(changes, (change) => ({ ...change, erase: [] }))),
})

/** Leaves external ids where their messages were. */
export const movesNoIds: Bug = (store) => ({
  ...store,
  commit: (changes) => store.commit(changes.map((change) => ({ ...change, moveExternals: [] }))),
})

/** Forgets what waits for its message. */
export const forgetsParked: Bug = (store) => ({
  ...store,
  commit: (changes) => store.commit(changes.map((change) => ({ ...change, park: [] }))),
})

/** Counts, but never back. */
export const countsUpOnly: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(each(changes, (change) => ({ ...change, counters: change.counters.filter(({ by }) => by > 0) }))),
})

/** Never learns what an agent has in hand. */
export const countsNoLoad: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(
      each(changes, (change) => ({
        ...change,
        limits: [],
        counters: change.counters.filter(({ scope }) => !scope.startsWith('load:')),
      })),
    ),
})

/** Never learns of documents of one kind. */
const forgets =
  (kind: string): Bug =>
  (store) => ({
    ...store,
    commit: (changes) =>
      store.commit(
        each(changes, (change) => ({ ...change, documents: change.documents.filter((row) => row.kind !== kind) })),
      ),
  })

export const forgetsTurns = forgets('turns')
export const forgetsSeats = forgets('seat')

/** Forgets the ends of offers. */
export const losesOffers: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(each(changes, (change) => ({ ...change, work: change.work.filter(({ kind }) => kind !== 'offer') }))),
})

/** A NUL character ends a string. */
export const cutsAtNul: Bug = (store) => ({
  ...store,
  commit: (changes) =>
    store.commit(
      each(changes, (change) => ({
        ...change,
        entries: change.entries.map((entry) => ({ ...entry, body: entry.body?.split('\u0000')[0] ?? null })),
      })),
    ),
})

/** The titles of the cases that a store fails. */
export const failures = async (
  harness: StorageHarness,
  isWanted: (one: ConformanceCase) => boolean = () => true,
): Promise<ReadonlyArray<string>> => {
  const failed = []
  for (const one of storageCases(harness).filter(isWanted)) {
    try {
      await one.run()
    } catch {
      failed.push(titleOf(one))
    }
  }
  return failed
}

export const withBug = (bug: Bug): StorageHarness => ({ open: async () => bug(memoryStorage()), runs: 500 })
