import type { CameBack, Happening } from '../entry.ts'
import type { Conversation } from '../state.ts'

/** What an entry changes; everything else stays as it was. */
export type Change = Partial<Conversation>

export const add = <A>(all: ReadonlyArray<A>, more: ReadonlyArray<A>): ReadonlyArray<A> =>
  more.every((item) => all.includes(item)) ? all : [...new Set([...all, ...more])]

export const remove = <A>(all: ReadonlyArray<A>, less: ReadonlyArray<A>): ReadonlyArray<A> =>
  all.filter((item) => !less.includes(item))

/** People have it: nothing is waited for any more that a bot has handed over. */
export const toTeam: Change = { control: 'team', handover: null }

export const own = (state: Conversation, owner: string): Change => ({
  owner,
  ...toTeam,
  assignees: add(state.assignees, [owner]),
  participants: state.participants.length === 0 ? state.participants : remove(state.participants, [owner]),
})

export const unowned: Change = { owner: null, locked: false }

/** It stands in its queue again, and who had it has it no longer. */
export const backInQueue = (state: Conversation, former: string): Change => ({
  ...unowned,
  assignees: remove(state.assignees, [former]),
})

export const cameBackTo = (state: Conversation, cameBack: CameBack | undefined): Change =>
  cameBack === undefined || cameBack.because === 'kept' ? {} : backInQueue(state, cameBack.formerOwner)

/** Whose it is then the entry says; one that is older than that passed it to whoever was next. */
export const withoutAssignees = (
  state: Conversation,
  { agents, owner }: Extract<Happening, { readonly _tag: 'Unassigned' }>,
): Change => {
  const assignees = remove(state.assignees, agents)
  return state.owner === null || !agents.includes(state.owner)
    ? { assignees }
    : { locked: false, assignees, owner: owner === undefined ? (assignees[0] ?? null) : owner }
}
