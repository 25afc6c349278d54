import type { Conversation } from '../domain/conversation/state.ts'
import type { CommitResult, LoadRequest, Storage } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import { type Changes, isEmpty, merge } from './changes.ts'
import { defer } from './defer.ts'
import { EngineError, storageFailed } from './error.ts'
import { type Needs, type View, makeView, noNeeds } from './view.ts'

/** What a decision answers: its value and what it changes, or what else it has to see first. */
export type Decided<A> =
  | { readonly _tag: 'Decided'; readonly value: A; readonly changes: Changes }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

/** Something to decide against the newest state. `decide` is pure but for ids, and may run again after a conflict. */
export interface Task<A> {
  readonly needs: Needs
  readonly decide: (view: View) => Decided<A>
}

export interface Committed<A> {
  readonly value: A
  /** The stream position of the commit that holds it. */
  readonly position: number
}

export interface Committer {
  /** Resolves when the decision is durable. Rejects with `EngineError` when the store fails. */
  readonly submit: <A>(task: Task<A>) => Promise<Committed<A>>
  /** Resolves when everything submitted so far has been answered. */
  readonly idle: () => Promise<void>
}

interface Waiting {
  readonly task: Task<unknown>
  readonly needs: Needs
  readonly losses: number
  readonly resolve: (committed: Committed<unknown>) => void
  readonly reject: (error: unknown) => void
}

/** A group of 64 shares a commit's cost so well that a smaller one is never worth it, however slow the disk is. */
const smallestBatch = 64
/** More would only stall the event loop. */
const batchAtMost = 256
/** A batch that takes longer makes the next one smaller, in milliseconds. */
const batchWorkMs = 8
/** Somebody else may win a race this often before we say that there is one. */
const lossesAtMost = 16

const names = Object.keys(noNeeds) as ReadonlyArray<keyof LoadRequest>

/** Everything that somebody needs. Asking twice for the same costs a read and nothing else. */
const union = (all: ReadonlyArray<Needs>): LoadRequest => {
  const request: { -readonly [Name in keyof LoadRequest]: Array<never> } = {
    conversations: [],
    identities: [],
    externals: [],
    documents: [],
    deliveries: [],
    counters: [],
  }
  for (const needs of all) {
    for (const name of names) {
      const refs = needs[name]
      if (refs !== undefined) for (const ref of refs) request[name].push(ref as never)
    }
  }
  return request
}

const plus = (a: Needs, b: Needs): Needs => union([a, b])

interface Ran {
  readonly waiting: Waiting
  readonly value: unknown
  readonly changes: Changes
}

/**
 * The group committer: everything that is decided while one commit is under way goes into the next one. Decisions of
 * a batch run one after the other, each seeing the changes of those before it, and are stored together; so N messages
 * cost one transaction, and a conversation has one change in flight. It stands above the port, once for all stores.
 */
export const makeCommitter = (storage: Storage, bus: Bus, now: () => number): Committer => {
  const queue: Array<Waiting> = []
  let running: Promise<void> | undefined
  let size = smallestBatch

  const publish = (ran: ReadonlyArray<Ran>, workspace: string, position: number): void => {
    const touched = new Map<string, Conversation>()
    let work = false
    for (const { changes } of ran) {
      for (const { before, after } of changes.conversations ?? []) {
        // A deleted conversation has no address left, but whoever was there is to look again.
        touched.set(after.id, after.deleted && before !== undefined ? { ...after, address: before.address } : after)
      }
      work ||= (changes.work?.length ?? 0) + (changes.settle?.length ?? 0) > 0
    }
    bus.emit('committed', { workspace })
    bus.emit('touched', {
      workspace,
      position,
      conversations: [...touched.values()],
      delivered: ran.flatMap((one) => one.changes.reached ?? []),
    })
    if (work) bus.emit('work', undefined)
  }

  /** They go to the front: what was asked first is decided first, whoever else was faster. */
  const lost = (ran: ReadonlyArray<Ran>): void => {
    const again: Array<Waiting> = []
    for (const { waiting } of ran) {
      if (waiting.losses >= lossesAtMost) {
        waiting.reject(new EngineError('Contended', 'others kept changing it', { retryable: true }))
      } else {
        again.push({ ...waiting, losses: waiting.losses + 1 })
      }
    }
    queue.unshift(...again)
  }

  /** Runs the decisions; those that fail or need more are dealt with at once and take no part in the commit. */
  const decideAll = (batch: ReadonlyArray<Waiting>, view: View): ReadonlyArray<Ran> => {
    const ran: Array<Ran> = []
    for (const waiting of batch) {
      try {
        const decided = waiting.task.decide(view)
        if (decided._tag === 'Needs') {
          queue.push({ ...waiting, needs: plus(waiting.needs, decided.needs) })
          continue
        }
        view.apply(decided.changes)
        ran.push({ waiting, value: decided.value, changes: decided.changes })
      } catch (error) {
        waiting.reject(new EngineError('Defect', 'a decision failed', { cause: error }))
      }
    }
    return ran
  }

  const commit = async (ran: ReadonlyArray<Ran>): Promise<void> => {
    const groups = new Map<string, Array<Ran>>()
    for (const one of ran) {
      const group = groups.get(one.changes.workspace)
      if (group === undefined) groups.set(one.changes.workspace, [one])
      else group.push(one)
    }
    const writing = [...groups].flatMap(([workspace, group]) => {
      const parts = group.map((one) => one.changes).filter((changes) => !isEmpty(changes))
      return parts.length === 0 ? [] : [{ workspace, group, changeset: merge(workspace, parts) }]
    })
    const silent = [...groups].filter(([workspace]) => !writing.some((one) => one.workspace === workspace))
    const results: ReadonlyArray<CommitResult> =
      writing.length === 0 ? [] : await storage.commit(writing.map((one) => one.changeset))
    for (const [, group] of silent) for (const one of group) one.waiting.resolve({ value: one.value, position: 0 })
    writing.forEach(({ workspace, group }, index) => {
      const result = results[index]
      if (result === undefined || result._tag === 'Conflict') return lost(group)
      for (const one of group) one.waiting.resolve({ value: one.value, position: result.position })
      publish(group, workspace, result.position)
    })
  }

  const process = async (batch: ReadonlyArray<Waiting>): Promise<void> => {
    const started = now()
    let concerned = batch
    try {
      const snapshot = await storage.load(union(batch.map((waiting) => waiting.needs)))
      const ran = decideAll(batch, makeView(snapshot))
      // Those that need more are queued again and must not hear of this commit.
      concerned = ran.map((one) => one.waiting)
      await commit(ran)
    } catch (error) {
      const failure = storageFailed(error)
      for (const waiting of concerned) waiting.reject(failure)
    }
    const took = now() - started
    if (took > batchWorkMs) size = Math.max(smallestBatch, Math.floor(size / 2))
    else if (batch.length >= size) size = Math.min(batchAtMost, size * 2)
  }

  /** After a lost race each goes alone, so that one contended conversation does not make the others lose again. */
  const next = (): ReadonlyArray<Waiting> => {
    const first = queue[0]
    const count = first !== undefined && first.losses > 0 ? 1 : queue.findIndex((waiting) => waiting.losses > 0)
    return queue.splice(0, Math.min(count === -1 ? size : count, size))
  }

  const run = async (): Promise<void> => {
    while (queue.length > 0) await process(next())
    running = undefined
  }

  const start = (): void => {
    running ??= new Promise<void>((resolve) => defer(() => resolve())).then(run)
  }

  return {
    submit: (task) =>
      new Promise((resolve, reject) => {
        queue.push({
          task,
          needs: task.needs,
          losses: 0,
          resolve: resolve as Waiting['resolve'],
          reject,
        })
        start()
      }),
    idle: async () => {
      while (running !== undefined) await running
    },
  }
}
