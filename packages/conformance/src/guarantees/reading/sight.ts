import type { Conversation, FeedItem, Tab } from '@guichet/engine'
import { bucketsOf } from '@guichet/engine/domain'
import fc from 'fast-check'
import { assert, same } from '../../assert.ts'
import type { GuaranteeCase } from '../case.ts'
import { aboutOf, granted, history, listed, message, readUntil, refused } from '../office.ts'
import { agents } from '../ownership/acts.ts'
import { checkFigures, checkPeople } from './figures-and-people.ts'
import { type World, build, seenBy, statesOf, worlds } from './world.ts'

const tabs: ReadonlyArray<Tab> = [
  ...(['open', 'unanswered', 'mine', 'unassigned', 'automated'] as const),
  ...(['pending', 'closed', 'spam', 'archived', 'mentions', 'all'] as const),
]

const isIn = (tab: Tab, state: Conversation, agent: string): boolean => {
  const buckets = bucketsOf(state)
  switch (tab) {
    case 'all':
      return true
    case 'mine':
      return buckets.includes('open') && state.owner === agent
    case 'mentions':
      return (state.status === 'open' || state.status === 'pending') && state.mentioned.includes(agent)
    default:
      return buckets.includes(tab)
  }
}

const idsOf = (all: Iterable<{ readonly id: string }>): ReadonlyArray<string> =>
  [...new Set([...all].map(({ id }) => id))].sort()

const checkLists = async (world: World, agent: string, seen: ReadonlyArray<Conversation>): Promise<void> => {
  const conversations = world.office.as(agent)
  const counts = await conversations.counts()
  for (const tab of tabs) {
    const expected = seen.filter((state) => isIn(tab, state, agent))
    same(idsOf(await listed(conversations, { tab, limit: 2 })), idsOf(expected), `what ${agent} sees in ${tab}`)
    same(counts[tab], expected.length, `what ${agent} counts in ${tab}`)
  }
  const { messages: hits } = await conversations.search('needle', { limit: 200 })
  same(idsOf(hits.map((hit) => hit.conversation)), idsOf(seen), `what ${agent} finds`)
}

/** Everything that can be asked of one conversation gives the same answer to whether it is there. */
const checkOne = async (world: World, agent: string, state: Conversation, sees: boolean): Promise<void> => {
  const { office } = world
  const conversations = office.as(agent)
  const witness = (await history(office.as('mia'), state.id)).messages
  const blob = witness[0]?.parts.flatMap((part) => (part._tag === 'File' ? [part.file.blob] : []))[0] ?? ''
  const asked = {
    get: await conversations.get(state.id),
    timeline: await conversations.timeline(state.id),
    file: await conversations.file(state.id, blob),
    transcript: await conversations.transcript(state.id, { as: 'json', notes: true }),
    scheduled: await conversations.scheduled(state.id),
    watchers: await conversations.watchers(state.id),
    history: await office.workspace.as(agent).contacts.history(state.contact),
    contact: await office.workspace.as(agent).contacts.get(state.contact),
    markRead: await conversations.markRead(state.id),
    saveDraft: await conversations.saveDraft(state.id, 'words'),
  }
  for (const [name, outcome] of Object.entries(asked)) {
    same(outcome.ok, sees, `whether ${agent} gets at ${name}`)
    if (!outcome.ok) same(outcome.refusal, { _tag: 'NotFound' }, `what ${agent} is told by ${name}`)
  }
  if (sees) return
  same(refused(await conversations.note(state.id, { text: 'x' })), { _tag: 'NotFound' }, `a note of ${agent}`)
  same(refused(await conversations.close(state.id)), { _tag: 'NotFound' }, `${agent} closes`)
  for (const told of [
    refused(await conversations.claim(state.id)),
    refused(await conversations.reply(state.id, { text: 'x' })),
  ]) {
    const raced = world.staff.get(agent)?.queues.includes(state.queue) === true && state.owner !== null
    same(told, raced ? { _tag: 'AlreadyOwned', owner: state.owner } : { _tag: 'NotFound' }, `${agent} is too late`)
  }
}

const checkFeeds = async (world: World, before: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> => {
  const { office, staff } = world
  const states = await statesOf(world)
  // A conversation that everybody is invited to tells each feed when it has said all.
  const marker = await office.arrives('chat', message('the marker', 'hello'))
  granted(await office.as('mia').invite(marker, { agents: [...agents].filter((agent) => agent !== 'mia') }))
  const [last] = await office.deliver('chat', message('the marker', 'so far'))
  const isLast = (item: FeedItem): boolean =>
    item._tag === 'Entry' && item.conversation === marker && last?._tag === 'Stored' && item.entry.seq === last.seq
  for (const agent of staff.keys()) {
    const all = await readUntil(office.workspace.as(agent).feed({ since: 0 }), isLast)
    const items = all.filter((item) => aboutOf(item) !== marker)
    const seen = seenBy(world, agent, states)
    const entries = items.flatMap((item) => (item._tag === 'Entry' ? [`${item.conversation} ${item.entry.seq}`] : []))
    const expected = seen.flatMap(({ id, seq }) => Array.from({ length: seq }, (_, n) => `${id} ${n + 1}`))
    same(entries.toSorted(), expected.toSorted(), `the entries in the feed of ${agent}`)
    const told = items.filter(({ _tag }) => _tag !== 'Entry')
    for (const item of told) {
      const { _tag } = item
      const conversation = aboutOf(item) ?? ''
      const sees = seen.some(({ id }) => id === conversation)
      assert(sees === (_tag === 'Delivery'), `${agent} hears ${_tag} of what she ${sees ? 'sees' : 'does not see'}`)
      assert(before.get(agent)?.has(conversation) === true, `${agent} hears ${_tag} of what she never saw`)
    }
  }
}

export const sightCases: ReadonlyArray<GuaranteeCase> = [
  {
    name: 'G42 whoever looks, every read agrees with the one policy on what is there, whatever has been done before',
    body: async (rig) => {
      await fc.assert(
        fc.asyncProperty(worlds, async ({ steps, ...rest }) => {
          const world = await build(rig, rest)
          const ever = new Map(agents.map((agent) => [agent as string, new Set<string>()]))
          const look = async (): Promise<void> => {
            const states = await statesOf(world)
            for (const [agent, ids] of ever) for (const { id } of seenBy(world, agent, states)) ids.add(id)
          }
          await look()
          for (const { agent, conversation, act } of steps) {
            const outcome = await act.run(world.office.as(agent), world.ids[conversation] ?? '')
            if (outcome.ok) await look()
          }
          await rig.engine().settle()
          const states = await statesOf(world)
          for (const agent of agents) {
            const seen = seenBy(world, agent, states)
            await checkLists(world, agent, seen)
            await checkFigures(world, agent, seen)
            await checkPeople(world, agent, seen)
            for (const state of states) await checkOne(world, agent, state, seen.includes(state))
          }
          await checkFeeds(world, ever)
        }),
        { numRuns: 15 },
      )
    },
  },
  {
    name: 'G42 who is invited or assigned sees, counts and finds it, owned or not, and no longer when she has left',
    body: async (rig) => {
      const office = await rig.office()
      const ben = office.as('ben')
      let expected = 0
      const check = async (what: string): Promise<void> => {
        await rig.engine().settle()
        same((await ben.counts()).open, expected, `counted ${what}`)
        same((await listed(ben, { tab: 'open' })).length, expected, `listed ${what}`)
        same((await ben.search('needle', { limit: 200 })).messages.length, expected, `found ${what}`)
      }
      for (const [account, owner] of [
        ['vault', 'ana'],
        ['calm', 'dan'],
      ] as const) {
        for (const owned of [true, false]) {
          for (const how of ['invite', 'assign'] as const) {
            const what = `in ${account}, ${owned ? 'owned' : 'waiting'}, by ${how}`
            const id = await office.arrives(account, message(what, 'needle'))
            if (owned) granted(await office.as(owner).claim(id))
            else if (account === 'vault') expected += 1
            await check(`before: ${what}`)
            // Whoever is assigned to what nobody owns owns it; in a queue that is not his he cannot be assigned.
            const outcome = await office.as('mia')[how](id, { agents: ['ben'] })
            same(outcome.ok, how === 'invite' || account === 'vault', `whether he joins: ${what}`)
            if (!outcome.ok) continue
            if (owned || account !== 'vault') expected += 1
            await check(`after: ${what}`)
            if (!owned && how === 'assign') continue
            granted(await ben.leave(id))
            if (owned || account !== 'vault') expected -= 1
            await check(`after leaving: ${what}`)
          }
        }
      }
    },
  },
  {
    name: 'G42 of what is out of sight nothing is told but that it is gone, and only to who saw it before',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('vault', message('zoe', 'secret'))
      granted(await office.as('ana').claim(id))
      granted(await office.as('ana').note(id, { text: 'confidential' }))
      const marker = await office.arrives('chat', message('yan', 'hello'))
      granted(await office.as('mia').invite(marker, { agents: ['dan'] }))
      const told = async (agent: string) =>
        (
          await readUntil(
            office.workspace.as(agent).feed({ since: 0 }),
            (item) => item._tag === 'Entry' && item.conversation === marker && item.entry.what._tag === 'Invited',
          )
        )
          .filter((item) => aboutOf(item) === id)
          .map((item) => (item._tag === 'Entry' ? item.entry.what._tag : item._tag))
      same(await told('ana'), ['MessageReceived', 'Claimed', 'NoteAdded'], 'what its owner hears')
      same(await told('mia'), ['MessageReceived', 'Claimed', 'NoteAdded'], 'what a manager hears')
      same(await told('ben'), ['Gone'], 'what a member of the queue hears')
      same(await told('dan'), [], 'what somebody else hears')
    },
  },
  {
    name: 'G42 somebody whom the workspace does not know sees and does nothing',
    body: async (rig) => {
      const office = await rig.office()
      const id = await office.arrives('chat', message('zoe', 'needle'))
      await rig.engine().settle()
      const nobody = office.as('nobody')
      same(await listed(nobody), [], 'the list')
      same((await nobody.counts()).all, 0, 'the count')
      same(await nobody.search('needle'), { messages: [], contacts: [], tagged: [] }, 'the search')
      same(refused(await nobody.timeline(id)), { _tag: 'NotFound' }, 'the timeline')
      assert(!(await nobody.reply(id, { text: 'x' })).ok, 'a stranger to the workspace answered')
      granted(await office.workspace.agents.put({ id: 'nobody', name: 'Nobody', role: 'agent', queues: ['desk'] }))
      same((await listed(nobody)).length, 1, 'the list once she is known')
      await office.workspace.agents.remove('nobody')
      same(await listed(nobody), [], 'the list when she is gone again')
    },
  },
  {
    name: 'G42 a file is only found under the conversation that it stands in',
    body: async (rig) => {
      const office = await rig.office()
      const files = [{ name: 'a.png', mime: 'image/png', bytes: 'AAEC' }]
      const hidden = await office.arrives('calm', message('zoe', 'mine', { files }))
      const own = await office.arrives('chat', message('yan', 'mine', { files }))
      const [first] = (await history(office.as('dan'), hidden)).messages
      const blob = first?.parts.flatMap((part) => (part._tag === 'File' ? [part.file.blob] : []))[0] ?? ''
      granted(await office.as('dan').file(hidden, blob))
      same(refused(await office.as('ana').file(own, blob)), { _tag: 'NotFound' }, 'under a conversation of her own')
      same(refused(await office.as('ana').file(hidden, blob)), { _tag: 'NotFound' }, 'under its own')
    },
  },
]
