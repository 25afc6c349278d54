import { system } from '../../domain/actor.ts'
import type { Command } from '../../domain/conversation/command.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import { isOpen, nextChange } from '../../domain/hours/open.ts'
import type { Queue } from '../../domain/queue/queue.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { execute } from '../execute.ts'
import { zones } from '../zones.ts'

/** Whether a queue is open now; one without hours always is. */
export const isQueueOpen = (setup: Setup, queue: Queue, now: number): boolean => {
  const hours = queue.hours === undefined ? undefined : setup.hours.get(queue.hours)
  return hours === undefined || isOpen(hours, now, zones)
}

/**
 * Where what arrives outside of hours goes: to the first queue along the way that is open or lets it wait. Null when
 * it stays, also because the way leads back here: it must not go round in circles until somebody opens.
 */
const elsewhere = (setup: Setup, queue: Queue, now: number): string | null => {
  const seen = new Set([queue.id])
  let at: Queue | undefined = queue
  while (at !== undefined && !isQueueOpen(setup, at, now) && at.outside?._tag === 'Move') {
    const { to }: { readonly to: string } = at.outside
    if (seen.has(to)) return null
    seen.add(to)
    at = setup.queues.get(to)
  }
  return at === undefined || at.id === queue.id ? null : at.id
}

type Move = Extract<Command, { readonly _tag: 'Overflow' }>

const moveOf = (setup: Setup, queue: Queue, { queuedSince }: Conversation, now: number): Move | null => {
  const outside = elsewhere(setup, queue, now)
  if (outside !== null) return { _tag: 'Overflow', to: outside, because: 'outsideHours' }
  const { overflow } = queue
  return overflow !== undefined && queuedSince !== null && now - queuedSince >= overflow.afterMs
    ? { _tag: 'Overflow', to: overflow.to, because: 'waited' }
    : null
}

/** Moves on what has waited too long here, or is not to wait here now; what stays. */
export const moveOn = async (
  core: Core,
  setup: Setup,
  workspace: string,
  queue: Queue,
  waiting: ReadonlyArray<Conversation>,
): Promise<ReadonlyArray<Conversation>> => {
  const now = core.clock.now()
  const stays = await Promise.all(
    waiting.map(async (state) => {
      const command = moveOf(setup, queue, state, now)
      if (command === null) return [state]
      const moved = await execute(core, { workspace, conversation: state.id, actor: system, command })
      return moved._tag === 'Done' ? [] : [state]
    }),
  )
  return stays.flat()
}

/** When time alone next changes something for those who wait here, epoch milliseconds; undefined when it does not. */
export const nextMove = (
  setup: Setup,
  queue: Queue,
  waiting: ReadonlyArray<Conversation>,
  now: number,
): number | undefined => {
  if (waiting.length === 0) return undefined
  const { overflow } = queue
  const hours = queue.hours === undefined ? undefined : setup.hours.get(queue.hours)
  const changes = hours === undefined ? null : nextChange(hours, now, zones)
  const due = [
    ...(changes === null ? [] : [changes]),
    ...(overflow === undefined ? [] : waiting.map(({ queuedSince }) => (queuedSince ?? now) + overflow.afterMs)),
  ].filter((at) => at > now)
  return due.length === 0 ? undefined : due.reduce((a, b) => Math.min(a, b))
}
