import { computed, signal } from '@preact/signals'
import { as, ask, type Setup } from '../api.ts'
import { t } from '../words/t.ts'

export const setup = signal<Setup | null>(null)

/** Why the desk cannot work at all, for example an agent that nobody knows. */
export const refusedEntry = signal(false)

export const loadSetup = async (): Promise<void> => {
  const answer = await ask<Setup>('/api/setup')
  if (answer.ok) setup.value = answer.value
  else if (answer.failure._tag === 'UnknownAgent') refusedEntry.value = true
}

export const me = computed(() => setup.value?.me ?? { id: as, name: as, role: 'agent' as const })

export const agentName = (id: string): string => setup.value?.agents.find((agent) => agent.id === id)?.name ?? id
/** Colleagues know each other by first name. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name
export const agentShort = (id: string): string => firstName(agentName(id))
export const queueName = (id: string | null): string =>
  setup.value?.queues.find((queue) => queue.id === id)?.name ?? id ?? t().nobody
export const accountName = (id: string): string => setup.value?.accounts.find((one) => one.id === id)?.name ?? id
