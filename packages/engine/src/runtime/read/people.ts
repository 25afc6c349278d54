import { mayServe } from '../../domain/access/policy.ts'
import type { Agent } from '../../domain/actor.ts'
import { plainWords } from '../../domain/routing/words.ts'
import type { Setup } from '../directory.ts'
import { wordy } from './search.ts'

const foundAtMost = 20

/** How well somebody fits what was typed, the lower the better; null when not at all. */
const fit = (agent: Agent, typed: string, plain: string): number | null => {
  if (typed === '') return 2
  if (agent.extension === typed || agent.id === typed) return 0
  const name = plainWords(agent.name).trim()
  if (plain !== '' && name.startsWith(plain)) return 1
  if (plain !== '' && ` ${name}`.includes(` ${plain}`)) return 2
  return agent.id.startsWith(typed) || agent.extension?.startsWith(typed) === true ? 3 : null
}

/** Colleagues by what begins their name, by extension or id; those who may serve the queue first. */
export const findPeople = (setup: Setup, text: string, queue: string | undefined): ReadonlyArray<Agent> => {
  const typed = wordy(text).trim()
  const plain = plainWords(typed).trim()
  const rank = (agent: Agent): number => (queue === undefined || mayServe(agent, queue) ? 0 : 1)
  return [...setup.agents.values()]
    .flatMap((agent) => {
      const how = fit(agent, typed, plain)
      return how === null ? [] : [{ agent, how, rank: rank(agent) }]
    })
    .sort((a, b) => a.rank - b.rank || a.how - b.how || a.agent.name.localeCompare(b.agent.name))
    .slice(0, foundAtMost)
    .map(({ agent }) => agent)
}
