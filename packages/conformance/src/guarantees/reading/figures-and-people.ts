import type { Conversation } from '@guichet/engine'
import { bucketsOf } from '@guichet/engine/domain'
import { same } from '../../assert.ts'
import { granted } from '../office.ts'
import type { World } from './world.ts'

const sorted = (ids: Iterable<string>): ReadonlyArray<string> => [...new Set(ids)].sort()

/** What is counted for a viewer: reports of every kind, and saved views. */
export const checkFigures = async (world: World, agent: string, seen: ReadonlyArray<Conversation>): Promise<void> => {
  const session = world.office.workspace.as(agent)
  const time = { from: 0, to: Number.MAX_SAFE_INTEGER }
  const open = seen.filter((state) => bucketsOf(state).includes('open'))
  for (const by of ['queue', 'agent', 'tag'] as const) {
    const { total, rows } = granted(await session.report({ ...time, by }))
    same([total.started, total.load], [seen.length, open.length], `what ${agent} reports by ${by}`)
    const load = rows.reduce((sum, row) => sum + row.load, 0)
    same(load, open.length, `the rows that ${agent} reports by ${by}`)
  }
  const [view] = await session.views.list()
  same(view?.count, seen.length, `what a saved view counts for ${agent}`)
}

/** Whom a viewer may know of: the contacts of what she sees, or everybody when she may edit contacts. */
export const checkPeople = async (world: World, agent: string, seen: ReadonlyArray<Conversation>): Promise<void> => {
  const session = world.office.workspace.as(agent)
  const leads = world.staff.get(agent)?.role !== 'agent'
  const expected = sorted(leads ? world.contacts.values() : seen.map(({ contact }) => contact))
  const { contacts, tagged } = await session.conversations.search('needle', { limit: 200 })
  same(sorted(contacts.map(({ id }) => id)), expected, `whom ${agent} finds by searching`)
  same(sorted(tagged.map(({ id }) => id)), sorted(seen.map(({ id }) => id)), `what ${agent} finds by its tag`)
  const { items } = await session.contacts.find({ words: 'needle', limit: 200 })
  same(sorted(items.map(({ id }) => id)), expected, `whom ${agent} finds`)
  for (const contact of new Set(world.contacts.values())) {
    const outcome = await session.contacts.history(contact)
    const ids = outcome.ok ? outcome.value.items.map(({ id }) => id) : []
    const theirs = seen.filter((state) => state.contact === contact).map(({ id }) => id)
    same(sorted(ids), sorted(theirs), `the history that ${agent} reads`)
  }
}
