import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { granted, listed, message, readUntil, refused } from '../office.ts'
import { session, writes } from './people.ts'

export const mergeCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G37 a contact that went into another leads there: reads, lists, commands and new messages',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'mail', { address: 'zoe@example.org', name: 'Zoe', email: 'zoe@example.org' })
      const visitor = await writes(office, 'chat', { address: 'v1', name: 'Z.' })
      const merged = granted(await mia.contacts.merge(visitor, { into: zoe }))
      same([merged.id, merged.name, merged.merged.map(({ contact }) => contact)], [zoe, 'Zoe', [visitor]], 'the merge')

      for (const id of [zoe, visitor]) {
        const seen = granted(await mia.contacts.get(id))
        same(
          [seen.id, seen.identities.map(({ address }) => address)],
          [zoe, ['v1', 'zoe@example.org']],
          'read by any id',
        )
        const history = granted(await mia.contacts.history(id))
        same(history.items.map(({ channel }) => channel).sort(), ['chat', 'mail'], 'the history')
        for (const { contact } of history.items) same([contact.id, contact.name], [zoe, 'Zoe'], 'shown as')
      }
      granted(await mia.contacts.edit(visitor, { country: 'fr' }))
      granted(await mia.contacts.remark(visitor, 'prefers mornings'))
      const [again] = await office.deliver('chat', message('v1', 'me again'))
      assert(again?._tag === 'Stored', 'a message of the old address is stored')
      const seen = granted(await mia.contacts.get(visitor))
      same([seen.country, seen.remarks.map(({ text }) => text)], ['FR', ['prefers mornings']], 'the one that stays')
      same(
        (await mia.contacts.find()).items.map(({ id }) => id),
        [zoe],
        'who is found',
      )
      same(
        (await mia.contacts.find({ words: 'z' })).items.map(({ id }) => id),
        [zoe],
        'who is found by words',
      )
    },
  },
  {
    name: 'G37 a merge is undone to what was, and what was changed since stays',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'mail', { address: 'zoe@example.org' })
      const visitor = await writes(office, 'chat', { address: 'v1', name: 'Zoe V.' })
      const fields = { phones: ['+33612345678'], language: 'fr' }
      granted(await mia.contacts.edit(visitor, fields))
      const before = granted(await mia.contacts.get(visitor))
      same(granted(await mia.contacts.merge(visitor, { into: zoe })).phones, ['+33612345678'], 'gained')
      granted(await mia.contacts.edit(zoe, { language: 'en' }))
      granted(await mia.contacts.remark(zoe, 'about the one that stays'))
      const left = granted(await mia.contacts.undoMerge(zoe, { merged: visitor }))
      same([left.name, left.phones, left.language, left.merged], [null, [], 'en', []], 'what is left')
      same(granted(await mia.contacts.get(visitor)), before, 'the one that stands alone again')
      same(
        granted(await mia.contacts.history(zoe)).items.map(({ channel }) => channel),
        ['mail'],
        'her history',
      )
      same(refused(await mia.contacts.undoMerge(zoe, { merged: visitor })), { _tag: 'NotFound' }, 'a second time')
    },
  },
  {
    name: 'G37 merges within merges are undone in any order',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const [a, b, c] = [
        await writes(office, 'chat', { address: 'a', name: 'Ann', email: 'a@example.org' }),
        await writes(office, 'chat', { address: 'b' }),
        await writes(office, 'mail', { address: 'c', email: 'c@example.org' }),
      ]
      const alone = granted(await mia.contacts.get(b))
      granted(await mia.contacts.merge(a, { into: b }))
      granted(await mia.contacts.merge(b, { into: c }))
      same(granted(await mia.contacts.get(a)).id, c, 'where the first leads')
      same(granted(await mia.contacts.get(c)).emails, ['c@example.org', 'a@example.org'], 'with all addresses')
      const left = granted(await mia.contacts.undoMerge(c, { merged: a }))
      same([left.name, left.emails], [null, ['c@example.org']], 'without the innermost')
      same(granted(await mia.contacts.get(a)).name, 'Ann', 'the innermost alone')
      granted(await mia.contacts.undoMerge(c, { merged: b }))
      same(granted(await mia.contacts.get(b)), alone, 'the one between')
    },
  },
  {
    name: 'G37 contacts with different verified addresses on one account are never merged',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const one = await writes(office, 'chat', { address: 'one', verified: true })
      const two = await writes(office, 'chat', { address: 'two', verified: true })
      const elsewhere = await writes(office, 'chat2', { address: 'two', verified: true })
      const conflict = { _tag: 'IdentitiesConflict', account: 'chat', addresses: ['two', 'one'] } as const
      same(refused(await mia.contacts.merge(one, { into: two })), conflict, 'two verified addresses')
      granted(await mia.contacts.merge(elsewhere, { into: one }))
      same(refused(await mia.contacts.merge(elsewhere, { into: two }))._tag, 'IdentitiesConflict', 'nor by a detour')
      same(refused(await mia.contacts.merge(one, { into: elsewhere })), { _tag: 'Same' }, 'with itself')
      granted(await mia.contacts.verify(one, { account: 'chat', address: 'one', verified: false }))
      granted(await mia.contacts.merge(one, { into: two }))
    },
  },
  {
    name: 'G37 a merge and its undoing are recorded and carried by the feed',
    body: async (rig) => {
      const office = await rig.office()
      const mia = session(office, 'mia')
      const zoe = await writes(office, 'mail', { address: 'zoe@example.org' })
      const visitor = await writes(office, 'chat', { address: 'v1' })
      const since = await office.workspace.position()
      granted(await mia.contacts.merge(visitor, { into: zoe }))
      granted(await mia.contacts.undoMerge(zoe, { merged: visitor }))
      granted(await mia.contacts.add(visitor, { name: 'Victor' }))
      for (const feed of [office.workspace.feed, mia.feed]) {
        const items = await readUntil(
          feed({ since }),
          (item) => item._tag === 'Contact' && item.entry.what._tag === 'ContactAdded',
        )
        same(
          items.map((item) => item._tag === 'Contact' && [item.contact, item.entry.actor.id, item.entry.what]),
          [
            [zoe, 'mia', { _tag: 'ContactMerged', from: visitor }],
            [visitor, 'mia', { _tag: 'ContactMergedInto', into: zoe }],
            [visitor, 'mia', { _tag: 'ContactMergeUndone', from: visitor }],
            [zoe, 'mia', { _tag: 'ContactMergeUndone', from: visitor }],
            [visitor, 'mia', { _tag: 'ContactAdded', fields: ['name'] }],
          ],
          'what the feed carries',
        )
      }
    },
  },
  {
    name: 'G37 edits of two people at once are both kept, and a merge beside them loses none',
    body: async (rig) => {
      const office = await rig.office()
      const [here, there] = [rig.engine(), await rig.start()].map((engine) => engine.workspace(office.id).as('mia'))
      assert(here !== undefined && there !== undefined, 'two engines')
      const zoe = await writes(office, 'mail', { address: 'zoe@example.org' })
      const visitor = await writes(office, 'chat', { address: 'v1', name: 'Zoe' })
      const done = await Promise.all([
        here.contacts.edit(zoe, { country: 'FR' }),
        there.contacts.edit(zoe, { language: 'fr' }),
        here.contacts.edit(zoe, { currency: 'EUR' }),
        there.contacts.remark(zoe, 'one'),
        here.contacts.remark(zoe, 'two'),
        here.contacts.merge(visitor, { into: zoe }),
      ])
      for (const outcome of done) granted(outcome)
      const seen = granted(await there.contacts.get(visitor))
      same(
        [seen.id, seen.name, seen.country, seen.language, seen.currency],
        [zoe, 'Zoe', 'FR', 'fr', 'EUR'],
        'all that was written',
      )
      same(seen.remarks.map(({ text }) => text).sort(), ['one', 'two'], 'remarks')
      same((await listed(office.as('mia'), { contact: zoe })).length, 2, 'conversations of the contact')
    },
  },
]
