import { revisionOf } from '../codec/settings.ts'
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
import { revisionNeeds } from './settings/revision.ts'
import { noNeeds } from './view.ts'

/** What a workspace is set up with, at this moment; each kind by rising id. */
export interface Setup {
  /** Rises with every change. */
  readonly revision: number
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
  /** As it is now; what another engine on the same store has changed, at most `followMs` later. */
  readonly of: (workspace: string) => Promise<Setup>
  /** What `of` answered last, for whoever cannot wait; undefined until it has answered, and after a change. */
  readonly known: (workspace: string) => Setup | undefined
  /** Settings were changed here, which made them this revision. */
  readonly changed: (workspace: string, revision: number) => void
  /** The next `of` looks whether something has changed, however lately that was done. */
  readonly doubt: (workspace: string) => void
}

/** How far behind the changes of another engine this one may be, in milliseconds. */
export const followMs = 1_000

/** By rising id: a store answers in any order, and what people see must not depend on which store it is. */
const pick = <A>(settings: ReadonlyArray<StoredSetting>, kind: StoredSetting['kind']): ReadonlyMap<string, A> =>
  new Map(
    settings
      .flatMap((setting) =>
        setting.kind === kind && setting.data !== null ? [[setting.id, JSON.parse(setting.data) as A] as const] : [],
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

/** What was answered, and when it was last known to be so. */
interface Answered {
  readonly setup: Setup
  at: number
}

/**
 * Settings change rarely and are asked for by every decision: read once and kept, as long as their revision in the store
 * stays the same. `onElsewhere` hears when another engine has changed them.
 */
export const makeDirectory = (
  storage: Pick<Storage, 'load' | 'settings'>,
  now: () => number,
  onElsewhere: (workspace: string) => void,
): Directory => {
  const known = new Map<string, Promise<Setup>>()
  /** What those promises answered. */
  const answered = new Map<string, Answered>()
  const revisionIn = async (workspace: string): Promise<number> =>
    revisionOf((await storage.load({ ...noNeeds, ...revisionNeeds(workspace) })).documents[0])
  const read = async (workspace: string): Promise<Setup> => {
    // The revision first: what changes in between is read again, and never missed.
    const revision = await revisionIn(workspace)
    const settings = await storage.settings(workspace)
    return {
      revision,
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
  /** The same, unless its revision is another one by now. */
  const followed = async (workspace: string, { setup }: Answered): Promise<Setup> =>
    (await revisionIn(workspace)) === setup.revision ? setup : read(workspace)
  return {
    of: (workspace) => {
      const last = answered.get(workspace)
      const asked = known.get(workspace)
      // Either way: clocks are put back as well.
      if (asked !== undefined && (last === undefined || Math.abs(now() - last.at) < followMs)) return asked
      const at = now()
      if (last !== undefined) last.at = at
      const reading = (last === undefined ? read(workspace) : followed(workspace, last)).catch((error: unknown) => {
        if (known.get(workspace) === reading) known.delete(workspace)
        throw storageFailed(error)
      })
      known.set(workspace, reading)
      return reading.then((found) => {
        if (known.get(workspace) !== reading) return found
        // Anybody outside may name a workspace: one that is not there is not worth remembering.
        const empty = found.queues.size + found.agents.size + found.accounts.size === 0
        if (empty) {
          known.delete(workspace)
          answered.delete(workspace)
        } else answered.set(workspace, { setup: found, at: Math.min(at, last?.at ?? at) })
        if (last !== undefined && found !== last.setup) onElsewhere(workspace)
        return found
      })
    },
    known: (workspace) => answered.get(workspace)?.setup,
    changed: (workspace, revision) => {
      const last = answered.get(workspace)
      known.delete(workspace)
      answered.delete(workspace)
      if (last !== undefined && last.setup.revision !== revision - 1) onElsewhere(workspace)
    },
    doubt: (workspace) => {
      const last = answered.get(workspace)
      if (last !== undefined) last.at = Number.NEGATIVE_INFINITY
    },
  }
}
