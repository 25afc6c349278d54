import { same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { feedNow, granted, message, refused } from '../office.ts'
import { session, writes } from './people.ts'

export const knowingCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G42 a contact is known to who sees one of its conversations, and does not exist for anybody else',
    body: async (rig) => {
      const office = await rig.office()
      const since = await office.workspace.position()
      const seen = await writes(office, 'chat', { address: 'v1', name: 'Visible' })
      const hidden = await writes(office, 'calm', { address: 'v2', name: 'Hidden' })
      const [ana, dan, mia] = [session(office, 'ana'), session(office, 'dan'), session(office, 'mia')]
      granted(await mia.contacts.remark(seen, 'about the visible'))
      granted(await mia.contacts.remark(hidden, 'about the hidden'))
      const notFound = { _tag: 'NotFound' } as const

      same(granted(await ana.contacts.get(seen)).name, 'Visible', 'what Ana sees')
      same(refused(await ana.contacts.get(hidden)), notFound, 'what Ana does not see')
      same(refused(await ana.contacts.get('nobody')), notFound, 'who does not exist')
      same(refused(await ana.contacts.history(hidden)), notFound, 'a history')
      for (const [what, asked] of [
        ['edit', ana.contacts.edit(hidden, { name: 'X' })],
        ['add', ana.contacts.add(hidden)],
        ['ignore', ana.contacts.ignore(hidden)],
        ['remark', ana.contacts.remark(hidden, 'x')],
        ['merge', ana.contacts.merge(hidden, { into: seen })],
        ['undo', ana.contacts.undoMerge(hidden, { merged: seen })],
        ['verify', ana.contacts.verify(hidden, { account: 'calm', address: 'v2', verified: true })],
        ['export', ana.contacts.export(hidden)],
        ['erase', ana.contacts.erase(hidden)],
      ] as const) {
        same(refused(await asked), notFound, what)
      }
      const found = async (who: typeof ana, words?: string) =>
        (await who.contacts.find(words === undefined ? {} : { words })).items.map(({ id }) => id).sort()
      same(await found(ana), [seen], 'whom Ana finds')
      same(await found(ana, 'hidden'), [], 'whom Ana finds by words')
      same(await found(dan), [hidden], 'whom Dan finds')
      same(await found(mia), [seen, hidden].sort(), 'whom Mia finds')
      same(await found(session(office, 'nobody')), [], 'whom somebody unknown finds')

      const heard = async (who: typeof ana) =>
        (await feedNow(office, who.feed, since)).flatMap((item) => (item._tag === 'Contact' ? [item.contact] : []))
      same(await heard(ana), [seen], 'what Ana hears of')
      same(await heard(mia), [seen, hidden], 'what Mia hears of')
    },
  },
  {
    name: 'G42 of a contact that is seen, what was said elsewhere stays hidden',
    body: async (rig) => {
      const office = await rig.office()
      const [ana, mia] = [session(office, 'ana'), session(office, 'mia')]
      const here = await writes(office, 'chat', { address: 'v1' }, 'to the desk')
      const last = granted(await ana.contacts.get(here)).lastActivity
      const there = await writes(office, 'calm', { address: 'v1' }, 'to the calm')
      granted(await mia.contacts.merge(there, { into: here }))
      await rig.clock.advance(60_000)
      await office.deliver('calm', message('v1', 'again', { id: 'again' }))
      same(
        granted(await ana.contacts.history(here)).items.map(({ account }) => account),
        ['chat'],
        'her history for Ana',
      )
      same(granted(await mia.contacts.history(here)).items.length, 2, 'her history for Mia')
      same(granted(await ana.contacts.get(there)).lastActivity, last, 'when Ana last heard of her')
      same((await ana.contacts.find()).items[0]?.lastActivity, last, 'and when she looks for her')
      same(granted(await mia.contacts.get(here)).lastActivity, rig.clock.now(), 'when Mia did')
    },
  },
]
