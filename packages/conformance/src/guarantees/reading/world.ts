import type { Agent, Conversation, Queue } from '@guichet/engine'
import { maySee } from '@guichet/engine/domain'
import fc from 'fast-check'
import { type Office, granted } from '../office.ts'
import { type Act, acts, agents } from '../ownership/acts.ts'
import type { Rig } from '../rig.ts'

const queueIds = ['desk', 'vault', 'calm'] as const
const accounts = ['chat', 'vault', 'calm', 'mail'] as const
/** Who is there, and what stands where. Mia always leads: she is the witness of what there is. */
export interface World {
  readonly office: Office
  readonly queues: ReadonlyMap<string, Queue>
  readonly staff: ReadonlyMap<string, Agent>
  readonly ids: ReadonlyArray<string>
  /** Whose each conversation is, also when it has been deleted since. */
  readonly contacts: ReadonlyMap<string, string>
}

export const worlds = fc.record({
  modes: fc.tuple(...queueIds.map(() => fc.constantFrom<Queue['mode']>('shared', 'exclusive'))),
  staff: fc.tuple(
    ...agents.map(() =>
      fc.record({
        role: fc.constantFrom<Agent['role']>('agent', 'agent', 'agent', 'manager'),
        queues: fc.subarray([...queueIds]),
      }),
    ),
  ),
  steps: fc.array(
    fc.record({
      // Who leads may do most, so that much really happens.
      agent: fc.constantFrom(...agents, 'mia', 'mia', 'mia'),
      conversation: fc.nat(accounts.length - 1),
      act: fc.oneof(
        { weight: 9, arbitrary: acts },
        fc.constant<Act>({ name: 'delete', run: (at, id) => at.delete(id) }),
        fc
          .subarray([...agents], { minLength: 1 })
          .map(
            (mentions): Act => ({ name: `call ${mentions}`, run: (at, id) => at.note(id, { text: 'look', mentions }) }),
          ),
      ),
    }),
    { maxLength: 25 },
  ),
})

/** Managers see reports anyway; others are given that permission alone. */
const mayReport: Pick<Agent, 'permissions'> = { permissions: ['seeReports'] }

export const build = async (
  rig: Rig,
  { modes, staff }: Pick<typeof worlds extends fc.Arbitrary<infer A> ? A : never, 'modes' | 'staff'>,
): Promise<World> => {
  const office = await rig.office()
  const queues = queueIds.map((id, n): Queue => ({ id, name: id, mode: modes[n] ?? 'shared', claimOnReply: true }))
  for (const queue of queues) granted(await office.workspace.queues.put(queue))
  const people = agents.map(
    (id, n): Agent => ({
      id,
      name: id,
      role: 'agent',
      queues: [],
      ...staff[n],
      ...(id === 'mia' ? { role: 'manager' as const } : staff[n]?.role === 'agent' ? mayReport : {}),
    }),
  )
  for (const agent of people) granted(await office.workspace.agents.put(agent))
  const picture = { name: 'a.png', mime: 'image/png', bytes: 'AAEC' }
  const ids: Array<string> = []
  const contacts = new Map<string, string>()
  const mia = office.as('mia')
  for (const account of accounts) {
    const from = { address: `person ${account}`, name: `Needle of ${account}` }
    const text = `needle on ${account}`
    const id = await office.arrives(account, { type: 'message', id: text, from, text, files: [picture] })
    granted(await mia.tag(id, { tags: ['needle'] }))
    contacts.set(id, granted(await mia.get(id)).state.contact)
    ids.push(id)
  }
  const everything = { name: 'Needles', filter: { tag: 'needle' }, shared: true }
  granted(await office.workspace.as('mia').views.put(everything))
  return {
    office,
    ids,
    contacts,
    queues: new Map(queues.map((one) => [one.id, one])),
    staff: new Map(people.map((one) => [one.id, one])),
  }
}

/** What there is, by the witness; what was deleted is not there. */
export const statesOf = async ({ office, ids }: World): Promise<ReadonlyArray<Conversation>> => {
  const found = await Promise.all(ids.map((id) => office.as('mia').get(id)))
  return found.flatMap((one) => (one.ok ? [one.value.state] : []))
}

export const seenBy = (
  world: World,
  agent: string,
  states: ReadonlyArray<Conversation>,
): ReadonlyArray<Conversation> => {
  const viewer = world.staff.get(agent)
  return viewer === undefined ? [] : states.filter((state) => maySee(viewer, state, world.queues.get(state.queue)))
}
