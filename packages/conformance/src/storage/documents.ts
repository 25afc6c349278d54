import type { DocumentQuery, Storage } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conflict, contact, document, id, load } from './rows.ts'

const area = 'documents'

/** The numbers of the documents found, in the order in which they came. */
const find = async (store: Storage, over: Partial<DocumentQuery> = {}): Promise<ReadonlyArray<number>> =>
  (await store.documents({ workspace: acme, kind: 'contact', limit: 100, ...over })).map((row) =>
    Number.parseInt(row.id.slice(-12), 16),
  )

const people = [
  contact(1, { words: 'Zoé Durand zoe.durand@example.org +33 6 12 34 56 78', parent: id(0xc0) }),
  contact(2, { words: 'Ana Duval ana@example.org', parent: id(0xc0) }),
  contact(3, { words: 'ÉLODIE dupont-moreau', parent: id(0xc1) }),
  contact(4, { words: '' }),
  document('company', 5, { words: 'Durand et fils' }),
]

export const documentCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'documents of a kind come whole, the highest id first, in pages',
    body: async ({ store }) => {
      await commit(store, { documents: people })
      same(
        await store.documents({ workspace: acme, kind: 'contact', limit: 2 }),
        [people[3], people[2]],
        'the first page',
      )
      same(await find(store, { after: id(3), limit: 2 }), [2, 1], 'the page after')
      same(await find(store, { after: id(1) }), [], 'the page after the last')
      same(await find(store, { limit: 0 }), [], 'a page of none')
      same(await find(store, { kind: 'company' }), [5], 'another kind')
      same(await find(store, { kind: 'con' }), [], 'a kind that does not exist')
      same(await find(store, { parent: id(0xc0) }), [2, 1], 'what is under something')
      same(await find(store, { parent: id(0xc0), after: id(2) }), [1], 'the next page of it')
      same(await find(store, { parent: id(0xc9) }), [], 'what is under nothing')
    },
  },
  {
    area,
    name: 'every word must begin one of the document, whatever its case and accents',
    body: async ({ store }) => {
      await commit(store, { documents: people })
      same(await find(store, { words: ['du'] }), [3, 2, 1], 'a beginning')
      same(await find(store, { words: ['DURAND'] }), [1], 'a word')
      same(await find(store, { words: ['zoe', 'dur'] }), [1], 'two beginnings')
      same(await find(store, { words: ['dur', 'zoe'] }), [1], 'two beginnings the other way round')
      same(await find(store, { words: ['ana', 'dur'] }), [], 'beginnings that no document has together')
      same(await find(store, { words: ['élo'] }), [3], 'accents in what is looked for')
      same(await find(store, { words: ['elodie', 'MOREAU'] }), [3], 'accents in the document')
      same(await find(store, { words: ['zoe.durand@exa'] }), [1], 'several words in one')
      same(await find(store, { words: ['12', '34'] }), [1], 'digits')
      same(await find(store, { words: ['urand'] }), [], 'the middle of a word')
      same(await find(store, { words: ['?!'] }), [], 'nothing that is a word')
      same(await find(store, { words: [] }), [4, 3, 2, 1], 'no words at all')
      same(await find(store, { words: ['du'], parent: id(0xc0) }), [2, 1], 'with a parent')
      same(await find(store, { words: ['du'], after: id(3), limit: 1 }), [2], 'a page')
      same(await find(store, { words: ['du'], kind: 'company' }), [5], 'another kind')
    },
  },
  {
    area,
    name: 'a change is found under its new words and parent, and no more under the old',
    body: async ({ store }) => {
      await commit(store, { documents: people })
      const married = contact(2, { version: 2, words: 'Ana Moreau ana@example.org', parent: id(0xc1), data: '{"m":1}' })
      await commit(store, { documents: [married] })
      same(
        await store.documents({ workspace: acme, kind: 'contact', words: ['mor', 'ana'], limit: 9 }),
        [married],
        'it',
      )
      same(await find(store, { words: ['duval'] }), [], 'by the old name')
      same(await find(store, { parent: id(0xc0) }), [1], 'under the old parent')
      same(await find(store, { parent: id(0xc1) }), [3, 2], 'under the new parent')
      const quiet = { ...married, version: 3, data: '{"m":2}' }
      await commit(store, { documents: [quiet] })
      same(
        await store.documents({ workspace: acme, kind: 'contact', words: ['moreau'], limit: 1 }),
        [people[2]],
        'a page',
      )
      same(await find(store, { words: ['ana'] }), [2], 'by the words that stayed')
      await commit(store, { documents: [{ ...quiet, version: 4, words: '', parent: null }] })
      same(await find(store, { words: ['ana'] }), [], 'without words')
      same(await find(store, { parent: id(0xc1) }), [3], 'without a parent')
    },
  },
  {
    area,
    name: 'a document is made once, changes one version at a time, and is removed from the version that was expected',
    body: async ({ store }) => {
      const template = (version: number, data: string | null) =>
        document('template', 1, { version, data, words: 'bonjour' })
      const there = async () =>
        (await load(store, { documents: [{ workspace: acme, kind: 'template', id: id(1) }] })).documents.map((row) => [
          row.version,
          row.data,
        ])
      await conflict(store, { documents: [template(2, '{}')] })
      await conflict(store, { documents: [template(2, null)] })
      await commit(store, { documents: [template(1, '{"a":1}')] })
      await commit(store, { documents: [document('contact', 1)] })
      await conflict(store, { documents: [template(1, '{"a":2}')] })
      await conflict(store, { documents: [template(1, null)] })
      await conflict(store, { documents: [template(3, null)] })
      same(await there(), [[1, '{"a":1}']], 'the document')
      await commit(store, { documents: [template(2, '{"a":2}')] })
      await commit(store, { documents: [template(3, null)] })
      same(await there(), [], 'the document after it was removed')
      same(await find(store, { kind: 'template', words: ['bonjour'] }), [], 'what is found by its words')
      same(await find(store), [1], 'a document of another kind with the same id')
      await conflict(store, { documents: [template(4, '{}')] })
      await commit(store, { documents: [template(1, '{"a":3}')] })
      same(await find(store, { kind: 'template', words: ['bon'] }), [1], 'what is found when it was made again')
      await commit(store, { documents: [template(2, null), template(1, '{"a":4}'), template(2, '{"a":5}')] })
      same(await there(), [[2, '{"a":5}']], 'after several changes in one changeset')
      await commit(store, { documents: [document('template', 2, { data: null })] })
      same(await find(store, { kind: 'template' }), [1], 'after something was removed that never was')
    },
  },
  {
    area,
    name: 'no row is left of a document that was removed',
    needs: 'raw',
    body: async ({ store, raw }) => {
      await commit(store, { documents: people })
      await commit(store, { documents: people.map((row) => ({ ...row, version: 2, data: null })) })
      same(await raw().count('documents', acme), 0, 'rows')
    },
  },
  {
    area,
    name: 'words that very many documents have are found in pages too, and what few have is found among them',
    body: async ({ store }) => {
      const size = 2_500
      const many = Array.from({ length: size }, (_, n) =>
        contact(n + 1, {
          words: `Jean${n % 7 === 0 ? ' Paul' : ''}${n === 1_234 ? ' Zénobie' : ''} jean${n}@example.org`,
          parent: n % 2 === 0 ? id(0xc0) : null,
        }),
      )
      await commit(store, { documents: many })
      const all = Array.from({ length: size }, (_, n) => size - n)
      const paged: number[] = []
      for (;;) {
        const last = paged.at(-1)
        const page = await find(store, {
          words: ['jea'],
          limit: 999,
          ...(last === undefined ? {} : { after: id(last) }),
        })
        if (page.length === 0) break
        paged.push(...page)
      }
      same(paged, all, 'everybody, in pages')
      const pauls = all.filter((n) => (n - 1) % 7 === 0)
      same(await find(store, { words: ['jean', 'paul'], limit: size }), pauls, 'some of them')
      same(await find(store, { words: ['ex', 'jean'], limit: 3 }), [2500, 2499, 2498], 'two words that all have')
      same(await find(store, { words: ['jean', 'zeno', 'org'] }), [1235], 'one of them')
      same(
        await find(store, { words: ['org'], parent: id(0xc0), limit: 3, after: id(2_000) }),
        [1999, 1997, 1995],
        'those under something',
      )
    },
  },
  {
    area,
    name: 'the cost of a page of documents does not grow with their number',
    body: async ({ store }) => {
      const cost = async (over: Partial<DocumentQuery>): Promise<number> => {
        const before = store.stats().rows
        same((await find(store, { limit: 5, ...over })).length, 5, 'rows of a page')
        return store.stats().rows - before
      }
      const some = (from: number, size: number) =>
        Array.from({ length: size }, (_, n) => contact(from + n, { words: 'Jean', parent: id(0xc0) }))
      await commit(store, { documents: some(1, 300) })
      const few = [await cost({}), await cost({ parent: id(0xc0) })]
      await commit(store, { documents: some(301, 3_000) })
      same([await cost({}), await cost({ parent: id(0xc0) })], few, 'rows')
      assert((await cost({ words: ['jean'] })) < 600, 'a page of what has a common word must not read all of them')
    },
  },
]
