import { same } from '../assert.ts'
import type { StorageCase } from './harness.ts'
import { acme, commit, conflict, contact, conversation, id, identity, load, noon, opening } from './rows.ts'

const area = 'addresses'

const external = (externalId: string, of: number, seq: number) => ({
  account: 'mail',
  externalId,
  conversation: id(of),
  seq,
  at: noon + seq,
})

const ana = { account: 'mail', address: 'ana@example.org' }
const zoe = { account: 'mail', address: 'zoe@example.org' }

export const addressCases: ReadonlyArray<StorageCase> = [
  {
    area,
    name: 'every address of some contacts is found, by account and address',
    body: async ({ store }) => {
      const rows = [
        identity('+331', { account: 'mobile', conversation: id(7), verified: true }),
        identity('zoe@example.org', { conversation: id(8) }),
        identity('ana@example.org', { contact: id(0xc01) }),
        identity('max@example.org', { contact: id(0xc02) }),
        identity('a@example.org'),
      ] as const
      await commit(store, { identities: rows })
      const [mobile, own, other, , first] = rows
      same(await store.identitiesOf(acme, [id(0xc00)]), [first, own, mobile], 'of one contact')
      same(await store.identitiesOf(acme, [id(0xc01), id(0xc00), id(0xc01)]), [first, other, own, mobile], 'of two')
      same(await store.identitiesOf(acme, [id(0xc09), '']), [], 'of a contact without any')
      same(await store.identitiesOf(acme, []), [], 'of nobody')
      same(await store.identitiesOf('other', [id(0xc00)]), [], 'in another workspace')
      await commit(store, { identities: [{ ...own, contact: id(0xc01), version: 2 }] })
      same(await store.identitiesOf(acme, [id(0xc00)]), [first, mobile], 'after one went to another contact')
    },
  },
  {
    area,
    name: 'a dropped identity is unknown, and can be made again, in the same changeset too',
    body: async ({ store }) => {
      await commit(store, {
        documents: [contact(0xc00)],
        identities: [identity('zoe@example.org', { conversation: id(1) }), identity('ana@example.org')],
        conversations: [opening(conversation(1))],
      })
      await commit(store, { dropIdentities: [zoe] })
      same(await load(store, { identities: [{ ...zoe, workspace: acme }] }).then((found) => found.identities), [], 'it')
      same(
        (await store.identitiesOf(acme, [id(0xc00)])).map(({ address }) => address),
        ['ana@example.org'],
        'what is left to the contact',
      )
      await conflict(store, { identities: [identity('zoe@example.org', { version: 2 })] })
      await commit(store, { identities: [identity('zoe@example.org', { contact: id(0xc01) })] })
      await commit(store, {
        dropIdentities: [zoe, ana, { account: 'mail', address: 'nobody@example.org' }],
        identities: [identity('ana@example.org', { contact: id(0xc02) })],
      })
      const found = await load(store, { identities: [zoe, ana].map((one) => ({ ...one, workspace: acme })) })
      same(
        found.identities.map((row) => [row.address, row.contact, row.version]),
        [['ana@example.org', id(0xc02), 1]],
        'what is there',
      )
      await conflict(store, { dropIdentities: [ana], identities: [identity('ana@example.org', { version: 2 })] })
    },
  },
  {
    area,
    name: 'what was moved leads to the other message; what does not exist cannot be moved',
    body: async ({ store }) => {
      await commit(store, {
        conversations: [opening(conversation(1)), opening(conversation(2))],
        externals: [external('<1>', 1, 1), external('<2>', 1, 2)],
      })
      await commit(store, { moveExternals: [external('<1>', 2, 7)] })
      const found = await load(store, { externals: [{ workspace: acme, account: 'mail', externalId: '<1>' }] })
      same(found.externals, [{ ...external('<1>', 2, 7), workspace: acme }], 'where it leads')
      same(
        found.conversations.map((row) => row.id),
        [id(2)],
        'the conversation that it brings',
      )
      await conflict(store, { externals: [external('<1>', 1, 1)] })
      await conflict(store, { moveExternals: [external('<2>', 2, 8), external('<9>', 2, 9)] })
      await conflict(store, { moveExternals: [{ ...external('<2>', 2, 8), account: 'mobile' }] })
      const kept = await load(store, { externals: [{ workspace: acme, account: 'mail', externalId: '<2>' }] })
      same(kept.externals[0]?.conversation, id(1), 'where the other one leads after conflicts')
    },
  },
  {
    area,
    name: 'what a changeset adds it can also move',
    body: async ({ store }) => {
      await commit(store, {
        externals: [external('<1>', 1, 1)],
        moveExternals: [external('<1>', 2, 1), external('<1>', 3, 1)],
      })
      const found = await load(store, { externals: [{ workspace: acme, account: 'mail', externalId: '<1>' }] })
      same(found.externals[0]?.conversation, id(3), 'where it leads')
    },
  },
]
