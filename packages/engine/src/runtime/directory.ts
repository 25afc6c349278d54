import type { Account } from '../domain/account.ts'
import type { Agent } from '../domain/actor.ts'
import type { AttributeDefinition } from '../domain/contact/attribute.ts'
import type { Block } from '../domain/contact/block.ts'
import type { Hours } from '../domain/hours/hours.ts'
import type { Department, Queue } from '../domain/queue/queue.ts'
import type { Rule } from '../domain/routing/rule.ts'
import type { SlaPolicy } from '../domain/sla/policy.ts'
import type { TagDefinition } from '../domain/tag.ts'
import type { RetentionPolicy } from '../domain/workspace/retention.ts'
import type { Storage, StoredSetting } from '../ports/storage.ts'
import { storageFailed } from './error.ts'

/** What a workspace is set up with, at this moment; each kind by rising id. */
export interface Setup {
  readonly agents: ReadonlyMap<string, Agent>
  readonly queues: ReadonlyMap<string, Queue>
  readonly accounts: ReadonlyMap<string, Account>
  readonly departments: ReadonlyMap<string, Department>
  readonly hours: ReadonlyMap<string, Hours>
  /** In their order: the first that holds decides. */
  readonly rules: ReadonlyArray<Rule>
  /** Definitions of custom attributes. */
  readonly attributes: ReadonlyMap<string, AttributeDefinition>
  readonly blocks: ReadonlyMap<string, Block>
  readonly tags: ReadonlyMap<string, TagDefinition>
  /** The first whose conditions hold applies. */
  readonly slaPolicies: ReadonlyMap<string, SlaPolicy>
  /** Undefined: everything is kept. */
  readonly retention: RetentionPolicy | undefined
}

/** The rules of a workspace are one setting: their order is part of what they say. */
export const rulesId = 'rules'

export interface Directory {
  readonly of: (workspace: string) => Promise<Setup>
  /** What `of` answered last, for whoever cannot wait; undefined until it has answered, and after a change. */
  readonly known: (workspace: string) => Setup | undefined
  /** Reads it anew the next time. */
  readonly forget: (workspace: string) => void
}

/** By rising id: a store answers in any order, and what people see must not depend on which store it is. */
const pick = <A>(settings: ReadonlyArray<StoredSetting>, kind: StoredSetting['kind']): ReadonlyMap<string, A> =>
  new Map(
    settings
      .flatMap((setting) =>
        setting.kind === kind && setting.data !== null ? [[setting.id, JSON.parse(setting.data) as A] as const] : [],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** Settings change rarely and are asked for by every decision: read once, kept until somebody changes them here. */
export const makeDirectory = (storage: Storage): Directory => {
  const known = new Map<string, Promise<Setup>>()
  /** What those promises answered. */
  const answered = new Map<string, Setup>()
  const read = async (workspace: string): Promise<Setup> => {
    const settings = await storage.settings(workspace)
    return {
      agents: pick<Agent>(settings, 'agent'),
      queues: pick<Queue>(settings, 'queue'),
      accounts: pick<Account>(settings, 'account'),
      departments: pick<Department>(settings, 'department'),
      rules: pick<ReadonlyArray<Rule>>(settings, 'routing').get(rulesId) ?? [],
      attributes: pick<AttributeDefinition>(settings, 'attribute'),
      blocks: pick<Block>(settings, 'block'),
      tags: pick<TagDefinition>(settings, 'tag'),
      hours: pick<Hours>(settings, 'hours'),
      slaPolicies: pick<SlaPolicy>(settings, 'sla'),
      retention: pick<RetentionPolicy>(settings, 'retention').get('retention'),
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
        if (known.get(workspace) !== reading) return found
        if (empty) known.delete(workspace)
        else answered.set(workspace, found)
        return found
      })
    },
    known: (workspace) => answered.get(workspace),
    forget: (workspace) => {
      known.delete(workspace)
      answered.delete(workspace)
    },
  }
}
