import { firstName, setup } from './workspace.ts'

/** How a colleague is called for: by first name, unless two have the same. */
export const handleOf = (id: string): string => {
  const agents = setup.value?.agents ?? []
  const name = firstName(agents.find((agent) => agent.id === id)?.name ?? id)
  return agents.filter((agent) => firstName(agent.name) === name).length === 1 ? name : id
}

/** Colleagues whom a text calls for: `@ana`, `@Ben`. */
export const mentionsIn = (text: string): ReadonlyArray<string> => {
  const words = new Set([...text.matchAll(/@([\p{L}\d_-]+)/gu)].map(([, word]) => word?.toLowerCase()))
  return (setup.value?.agents ?? [])
    .filter(({ id }) => words.has(id.toLowerCase()) || words.has(handleOf(id).toLowerCase()))
    .map(({ id }) => id)
}
