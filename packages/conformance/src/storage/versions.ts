import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import {
  acme,
  change,
  commit,
  conflict,
  contact,
  conversation,
  delivery,
  entry,
  everything,
  id,
  identity,
  load,
  loadOne,
  noon,
  opening,
} from './rows.ts'

const area = 'compare and set'

export const versionCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'a conversation changes only from the version that was expected',
    guarantee: 'G22',
    body: async ({ store }) => {
      await conflict(store, { conversations: [{ row: conversation(1, { version: 2 }), expected: 1 }] })
      await commit(store, { conversations: [opening(conversation(1))] })
      await conflict(store, { conversations: [opening(conversation(1, { owner: 'ben' }))] })
      await commit(store, { conversations: [{ row: conversation(1, { version: 2, owner: 'ana' }), expected: 1 }] })
      await conflict(store, { conversations: [{ row: conversation(1, { version: 2, owner: 'ben' }), expected: 1 }] })
      await conflict(store, { conversations: [{ row: conversation(1, { version: 4, owner: 'ben' }), expected: 3 }] })
      same((await loadOne(store, 1))?.owner, 'ana', 'the owner')
    },
  },
  {
    area,
    name: 'of many who claim at once exactly one wins',
    guarantee: 'G22',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))] })
      const agents = Array.from({ length: 20 }, (_, n) => `agent ${n}`)
      const results = await Promise.all(
        agents.map(async (owner) =>
          store.commit([
            change(acme, { conversations: [{ row: conversation(1, { version: 2, owner }), expected: 1 }] }),
          ]),
        ),
      )
      const winners = agents.filter((_, n) => results[n]?.[0]?._tag === 'Committed')
      same(winners.length, 1, 'winners')
      same((await loadOne(store, 1))?.owner, winners[0], 'the owner')
    },
  },
  {
    area,
    name: 'a row may be several versions further on: what counts is where it came from',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1, { version: 3 }))] })
      await conflict(store, { conversations: [{ row: conversation(1, { version: 4 }), expected: 1 }] })
      await commit(store, { conversations: [{ row: conversation(1, { version: 7 }), expected: 3 }] })
      same((await loadOne(store, 1))?.version, 7, 'the version')
    },
  },
  {
    area,
    name: 'an identity changes one version at a time, and is made once',
    guarantee: 'G01',
    body: async ({ store }) => {
      await conflict(store, { identities: [identity('zoe@example.org', { version: 2 })] })
      await commit(store, { identities: [identity('zoe@example.org')] })
      await conflict(store, { identities: [identity('zoe@example.org', { contact: id(0xc01) })] })
      await commit(store, { identities: [identity('zoe@example.org', { version: 2, verified: true })] })
      await conflict(store, { identities: [identity('zoe@example.org', { version: 4 })] })
      const found = await load(store, {
        identities: [{ workspace: acme, account: 'mail', address: 'zoe@example.org' }],
      })
      same(
        found.identities,
        [{ ...identity('zoe@example.org', { version: 2, verified: true }), workspace: acme }],
        'the identity',
      )
    },
  },
  {
    area,
    name: 'a contact changes one version at a time',
    body: async ({ store }) => {
      await conflict(store, { documents: [contact(1, { version: 2 })] })
      await commit(store, { documents: [contact(1)] })
      await conflict(store, { documents: [contact(1, { data: '{"name":"Max"}' })] })
      await commit(store, { documents: [contact(1, { version: 2, data: '{"name":"Ada"}' })] })
      const found = await load(store, { documents: [{ workspace: acme, kind: 'contact', id: id(1) }] })
      same(found.documents, [{ ...contact(1, { version: 2, data: '{"name":"Ada"}' }), workspace: acme }], 'the contact')
    },
  },
  {
    area,
    name: 'a delivery changes one version at a time, so that a late report cannot undo a newer one',
    guarantee: 'G18',
    body: async ({ store }) => {
      await conflict(store, { deliveries: [delivery(1, 2, { version: 2, status: 'sent' })] })
      await commit(store, { deliveries: [delivery(1, 2)] })
      await commit(store, { deliveries: [delivery(1, 2, { version: 2, status: 'delivered' })] })
      await conflict(store, { deliveries: [delivery(1, 2, { version: 2, status: 'sent' })] })
      const found = await load(store, { deliveries: [{ workspace: acme, conversation: id(1), seq: 2 }] })
      same(found.deliveries[0]?.status, 'delivered', 'the status')
    },
  },
  {
    area,
    name: 'an external id is stored once in an account: a second one is a conflict',
    guarantee: 'G03',
    body: async ({ store }) => {
      const external = { account: 'mail', externalId: '<1@example.org>', conversation: id(1), seq: 1, at: noon }
      await commit(store, { externals: [external] })
      await conflict(store, { externals: [external] })
      await conflict(store, { externals: [{ ...external, conversation: id(2) }], entries: [entry(2, 1)] })
      await conflict(store, { externals: [{ ...external, externalId: '<2>' }, external] })
      same((await everything(store)).length, 0, 'items in the stream')
    },
  },
  {
    area,
    name: 'the same external id in another account is another message',
    guarantee: 'G04',
    body: async ({ store }) => {
      const external = { account: 'mail', externalId: '<1@example.org>', conversation: id(1), seq: 1, at: noon }
      await commit(store, { externals: [external, { ...external, account: 'mail 2', conversation: id(2) }] })
      await commit(store, { externals: [{ ...external, account: 'mail 3', conversation: id(3) }] })
      for (const [account, of] of [
        ['mail', 1],
        ['mail 2', 2],
        ['mail 3', 3],
      ] as const) {
        const found = await load(store, { externals: [{ workspace: acme, account, externalId: '<1@example.org>' }] })
        same(
          found.externals.map((row) => row.conversation),
          [id(of)],
          `the conversation in ${account}`,
        )
      }
    },
  },
  {
    area,
    name: 'the same message delivered many times at once is stored once',
    guarantee: 'G02',
    body: async ({ store }) => {
      await commit(store, { conversations: [opening(conversation(1))] })
      const results = await Promise.all(
        Array.from({ length: 20 }, async (_, n) =>
          store.commit([
            change(acme, {
              externals: [{ account: 'mail', externalId: '<same>', conversation: id(1), seq: n + 1, at: noon }],
              entries: [entry(1, n + 1)],
            }),
          ]),
        ),
      )
      same(results.filter(([result]) => result?._tag === 'Committed').length, 1, 'times stored')
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 100 })
      same(found.entries.length, 1, 'entries')
    },
  },
  {
    area,
    name: 'a journal has one entry for each number: a second one is a conflict',
    body: async ({ store }) => {
      await commit(store, { entries: [entry(1, 1, { data: '"first"' })] })
      await conflict(store, { entries: [entry(1, 1, { data: '"second"' })] })
      await conflict(store, { entries: [entry(1, 2), entry(1, 2)] })
      const found = await store.timeline({ workspace: acme, conversation: id(1), limit: 10 })
      same(found.entries, [entry(1, 1, { data: '"first"' })], 'entries')
    },
  },
  {
    area,
    name: 'one changeset may not store an external id twice',
    body: async ({ store }) => {
      const external = { account: 'mail', externalId: '<1@example.org>', conversation: id(1), seq: 1, at: noon }
      await conflict(store, { externals: [external, { ...external, seq: 2 }] })
    },
  },
]
