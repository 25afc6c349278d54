import { computed, signal } from '@preact/signals'
import { as, ask, type Setup } from '../api.ts'
import { setTime, timeNow } from '../../shared/time.ts'
import { t } from '../words/t.ts'
import { overtaking } from './turns.ts'

export const setup = signal<Setup | null>(null)

/** How often the engine's clock has been found elsewhere than this page thought it was. */
export const clockMoves = signal(0)

/** Why the desk cannot work at all, for example an agent that nobody knows. */
export const refusedEntry = signal(false)

const begin = overtaking()

export const loadSetup = async (): Promise<void> => {
  const mayShow = begin()
  const asked = timeNow()
  const answer = await ask<Setup>('/api/setup')
  if (answer.ok) {
    if (!mayShow()) return
    if (setTime(answer.value.now, asked)) clockMoves.value += 1
    setup.value = answer.value
  } else if (answer.failure._tag === 'UnknownAgent') refusedEntry.value = true
}

export const me = computed<Setup['me']>(
  () => setup.value?.me ?? { id: as, name: as, role: 'agent' as const, permissions: [] },
)

export const agentName = (id: string): string => setup.value?.agents.find((agent) => agent.id === id)?.name ?? id
/** Colleagues know each other by first name. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name
export const agentShort = (id: string): string => firstName(agentName(id))
export const queueName = (id: string | null): string =>
  setup.value?.queues.find((queue) => queue.id === id)?.name ?? id ?? t().nobody
export const accountName = (id: string): string => setup.value?.accounts.find((one) => one.id === id)?.name ?? id
export const seatOf = (id: string) => setup.value?.seats.find((seat) => seat.agent === id)
export const queueOf = (id: string | null) => setup.value?.queues.find((queue) => queue.id === id)
export const departmentName = (id: string): string => setup.value?.departments.find((one) => one.id === id)?.name ?? id
