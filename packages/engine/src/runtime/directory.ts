import type { Account } from '../domain/account.ts'
import type { Agent } from '../domain/actor.ts'
import type { Queue } from '../domain/queue/queue.ts'
import type { Storage, StoredSetting } from '../ports/storage.ts'
import { storageFailed } from './error.ts'

/** What a workspace is set up with, at this moment. */
export interface Setup {
  readonly agents: ReadonlyMap<string, Agent>
  readonly queues: ReadonlyMap<string, Queue>
  readonly accounts: ReadonlyMap<string, Account>
}

export interface Directory {
  readonly of: (workspace: string) => Promise<Setup>
  /** Reads it anew the next time. */
  readonly forget: (workspace: string) => void
}

const pick = <A>(settings: ReadonlyArray<StoredSetting>, kind: StoredSetting['kind']): ReadonlyMap<string, A> =>
  new Map(
    settings.flatMap((setting) =>
      setting.kind === kind && setting.data !== null ? [[setting.id, JSON.parse(setting.data) as A] as const] : [],
    ),
  )

/** Settings change rarely and are asked for by every decision: read once, kept until somebody changes them here. */
export const makeDirectory = (storage: Storage): Directory => {
  const known = new Map<string, Promise<Setup>>()
  const read = async (workspace: string): Promise<Setup> => {
    const settings = await storage.settings(workspace)
    return {
      agents: pick<Agent>(settings, 'agent'),
      queues: pick<Queue>(settings, 'queue'),
      accounts: pick<Account>(settings, 'account'),
    }
  }
  return {
    of: (workspace) => {
      const setup = known.get(workspace)
      if (setup !== undefined) return setup
      const reading = read(workspace).catch((error: unknown) => {
        known.delete(workspace)
        throw storageFailed(error)
      })
      known.set(workspace, reading)
      // Anybody outside may name a workspace: one that is not there is not worth remembering.
      return reading.then((found) => {
        const empty = found.queues.size + found.agents.size + found.accounts.size === 0
        if (empty && known.get(workspace) === reading) known.delete(workspace)
        return found
      })
    },
    forget: (workspace) => void known.delete(workspace),
  }
}
