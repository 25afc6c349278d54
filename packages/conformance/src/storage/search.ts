import type { SearchQuery, Storage } from '@guichet/engine/ports'
import { assert, same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conversation, entry, noon, opening } from './rows.ts'

const area = 'search'

/** The hits as conversation and seq, in the order in which they came. */
const find = async (store: Storage, words: ReadonlyArray<string>, over: Partial<SearchQuery> = {}) =>
  (await store.search({ workspace: acme, visibility: { _tag: 'All' }, words, filter: {}, limit: 100, ...over })).map(
    (hit) => `${Number.parseInt(hit.entry.conversation.slice(-12), 16)}.${hit.entry.seq}`,
  )

const library = {
  conversations: [opening(conversation(1)), opening(conversation(2, { queue: 'support', owner: 'ben' }))],
  entries: [
    entry(1, 1, { body: 'Où est ma commande ? Elle devait être livrée hier.' }),
    entry(1, 2, { kind: 'out' as const, body: 'Votre COMMANDE part demain.' }),
    entry(2, 1, { body: 'Je voudrais annuler ma commande: remboursement, s’il vous plaît' }),
    entry(2, 2, { kind: 'note' as const, body: 'Commandement du chef' }),
    entry(2, 3, { kind: 'event' as const, body: null }),
  ],
}

export const searchCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'every word must occur, the last may be a beginning, the newest comes first',
    body: async ({ store }) => {
      await commit(store, library)
      same(await find(store, ['commande']), ['2.2', '2.1', '1.2', '1.1'], 'a beginning')
      same(await find(store, ['commande', 'ma']), ['2.1', '1.1'], 'two words')
      same(await find(store, ['ma', 'commande']), ['2.1', '1.1'], 'two words the other way round')
      same(await find(store, ['command', 'ma']), [], 'a beginning that is not last')
      same(await find(store, ['commande', 'demain']), ['1.2'], 'words that are apart')
      same(await find(store, ['remb']), ['2.1'], 'one beginning')
      same(await find(store, ['avion']), [], 'a word that nobody wrote')
    },
  },
  {
    area,
    name: 'case and accents do not matter, on either side, composed or not',
    body: async ({ store }) => {
      await commit(store, library)
      await commit(store, { entries: [entry(1, 3, { body: 'Le cafe\u0301 de l’ÉTÉ à Besançon' })] })
      for (const word of ['livree', 'livrée', 'LIVRÉE', 'Livre\u0301e']) same(await find(store, [word]), ['1.1'], word)
      for (const word of ['café', 'CAFE', 'cafe\u0301']) same(await find(store, [word]), ['1.3'], word)
      for (const word of ['été', 'ete', 'besancon', 'a']) {
        assert((await find(store, [word])).includes('1.3'), `${word} must find the entry that has it`)
      }
    },
  },
  {
    area,
    name: 'what was just committed is found at once',
    body: async ({ store }) => {
      for (let seq = 1; seq <= 4; seq += 1) {
        await commit(store, {
          ...(seq === 1 ? { conversations: [opening(conversation(1))] } : {}),
          entries: [entry(1, seq, { body: 'encore' })],
        })
        same((await find(store, ['encore'])).length, seq, 'hits')
      }
    },
  },
  {
    area,
    name: 'indexing works off the backlog in steps, and then has nothing to do',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))] })
      await commit(store, { entries: Array.from({ length: 25 }, (_, n) => entry(1, n + 1, { body: `mot ${n}` })) })
      let taken = 0
      for (let round = 0; round < 30; round += 1) {
        const step = await store.index(10)
        assert(step <= 10, `a step of at most 10 took ${step}`)
        if (step === 0) break
        taken += step
      }
      assert(taken >= 25, `25 entries were to be indexed, and ${taken} were`)
      same(await store.index(10), 0, 'what is left to do')
      same((await find(store, ['mot'])).length, 25, 'hits')
      await commit(store, { entries: [entry(1, 26, { body: 'mot' })] })
      assert((await store.index(10)) >= 1, 'a new entry must be indexed')
    },
  },
  {
    area,
    name: 'pages go on by position',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [opening(conversation(1))],
        entries: Array.from({ length: 12 }, (_, n) => entry(1, n + 1, { body: 'page' })),
      })
      const seqs: number[] = []
      let before: number | undefined
      for (;;) {
        const hits = await store.search({
          workspace: acme,
          visibility: { _tag: 'All' },
          words: ['page'],
          filter: {},
          limit: 5,
          ...(before === undefined ? {} : { before }),
        })
        if (hits.length === 0) break
        seqs.push(...hits.map((hit) => hit.entry.seq))
        before = hits.at(-1)?.position
      }
      same(seqs, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 'the pages together')
    },
  },
  {
    area,
    name: 'a hit brings its entry, its place in the stream and its conversation as it is now',
    body: async ({ store }) => {
      await commit(store, library)
      await commit(store, { conversations: [{ row: conversation(1, { version: 2, owner: 'ana' }), expected: 1 }] })
      const [hit] = await store.search({
        workspace: acme,
        visibility: { _tag: 'All' },
        words: ['hier'],
        filter: {},
        limit: 9,
      })
      same(hit?.entry, library.entries[0], 'the entry')
      same(hit?.row, conversation(1, { version: 2, owner: 'ana' }), 'the conversation')
      const page = await store.stream({ workspace: acme, after: (hit?.position ?? 0) - 1, limit: 1 })
      same(page.items[0]?._tag === 'Entry' && page.items[0].entry, library.entries[0], 'what stands at its position')
    },
  },
  {
    area,
    name: 'what a viewer may not see is not found, nor what is deleted or filtered out',
    guarantee: 'G42',
    body: async ({ store }) => {
      await commit(store, library)
      const ana = { _tag: 'Some', agent: 'ana', queues: ['sales'], unownedOf: ['support'] } as const
      same(await find(store, ['commande'], { visibility: ana }), ['1.2', '1.1'], 'hits that ana sees')
      same(await find(store, ['commande'], { filter: { owner: 'ben' } }), ['2.2', '2.1'], 'hits of ben')
      same(await find(store, ['commande'], { filter: { from: noon + 2 } }), ['2.2', '2.1'], 'hits of recent ones')
      await commit(store, { conversations: [{ row: conversation(1, { version: 2, deleted: true }), expected: 1 }] })
      same(await find(store, ['commande']), ['2.2', '2.1'], 'hits when one is deleted')
    },
  },
  {
    area,
    name: 'whatever is typed into it is words and never a query language',
    body: async ({ store }) => {
      await commit(store, library)
      await commit(store, { entries: [entry(1, 3, { body: 'AND or NOT near body' })] })
      for (const word of ['"', "'", '*', '-', '(', ')', ':', '^', '""', '%', '_', '\\', '\u0000', '...', ' ', '']) {
        same(await find(store, [word]), [], `hits of ${JSON.stringify(word)}`)
      }
      same(await find(store, []), [], 'hits of no word')
      same(await find(store, ['AND']), ['1.3'], 'AND as a word')
      same(await find(store, ['NOT', 'near']), ['1.3'], 'NOT as a word')
      same(await find(store, ['avion', 'OR', 'commande']), [], 'OR as a word')
      for (const word of [
        'body:commande',
        '"commande" OR x',
        'NEAR(ma commande)',
        'comm*',
        '{a} : b',
        '^commande',
        'x'.repeat(5000),
      ]) {
        const hits = await find(store, [word])
        assert(Array.isArray(hits), `${word} must be answered`)
      }
      same(await find(store, ['s’il', 'vous']), ['2.1'], 'a word with an apostrophe')
    },
  },
]
