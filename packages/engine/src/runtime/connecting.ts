import type { Connections } from './connections.ts'
import type { Core } from './core.ts'

/** Until a part of the store is asked again that could not be reached, in milliseconds. */
const askAgainMs = 5_000

/**
 * Connects every account of every workspace. Where the store is made of several, one that is down holds up neither the
 * others nor the start: it is asked again until it answers. Rejects when none does. Returns how to stop asking.
 */
export const connectAll = async (core: Core, connections: Connections): Promise<() => void> => {
  const { storage, clock, bus, report } = core
  const waiting = new Map<string, () => void>()

  const connectIn = async (shard?: string): Promise<void> => {
    for (const workspace of await storage.workspaces(shard)) await connections.catchUp(workspace)
  }
  const askAgain = (shard: string, error: unknown): void => {
    report(`start of ${shard}`, error)
    if (core.closing.aborted) return
    const again = (): void => {
      connectIn(shard).then(
        () => {
          waiting.delete(shard)
          bus.emit('work', undefined)
        },
        (failure: unknown) => askAgain(shard, failure),
      )
    }
    waiting.set(shard, clock.at(clock.now() + askAgainMs, again))
  }

  const { shards = [] } = storage
  if (shards.length === 0) await connectIn()
  const tried = await Promise.allSettled(shards.map(connectIn))
  const down = tried.flatMap((one, at) =>
    one.status === 'rejected' ? [{ shard: shards[at] as string, error: one.reason as unknown }] : [],
  )
  if (down[0] !== undefined && down.length === shards.length) throw down[0].error
  for (const { shard, error } of down) askAgain(shard, error)
  return () => {
    for (const cancel of waiting.values()) cancel()
  }
}
