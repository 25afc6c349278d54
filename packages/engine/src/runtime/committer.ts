import type { CommitResult, Storage } from '../ports/storage.ts'
import type { Bus } from './bus.ts'
import { type Changes, isEmpty, merge } from './changes.ts'
import { defer } from './defer.ts'
import { EngineError, storageFailed } from './error.ts'
import { foundBy, isWithin, keysOf, plus, union } from './keys.ts'
import { publish } from './publish.ts'
import { type Needs, type View, makeView } from './view.ts'

/** What a decision answers: its value and what it changes, or what else it has to see first. */
export type Decided<A> =
  | { readonly _tag: 'Decided'; readonly value: A; readonly changes: Changes }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

/** Something to decide against the newest state. `decide` is pure but for ids, and may run again after a conflict. */
export interface Task<A> {
  /** All that it needs and changes is in it. */
  readonly workspace: string
  /** What it is decided by and may change: while one batch has it, whoever else needs it waits. */
  readonly needs: Needs
  /** What it only looks at and many look at: nobody waits for it. */
  readonly looksAt?: Needs
  /**
   * What came together is stored together and keeps its order: tasks of one request, one after the other, are in one
   * batch however many they are, and where one has to see something else first, all of them wait for that.
   */
  readonly request?: object
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
  /** Of what it needs; empty where batches never meet. */
  readonly keys: ReadonlyArray<string>
  readonly losses: number
  readonly resolve: (committed: Committed<unknown>) => void
  readonly reject: (error: unknown) => void
}

/** A group of 64 shares a commit's cost so well that a smaller one is never worth it, however slow the disk is. */
const smallestBatch = 64
/** More would only stall the event loop. */
const batchAtMost = 256
/** So many have to wait before a batch goes beside another one: fewer would cost those under way more than they gain. */
const worthBeside = 16
/** A batch that takes longer makes the next one smaller, in milliseconds. */
const batchWorkMs = 8
/** Somebody else may win a race this often before we say that there is one. */
const lossesAtMost = 16
/** What came in one request is tried together this often: after that, who is contended holds up nobody else of it. */
const lossesTogether = 4

/** So far is looked past those who wait for another batch. */
const reach = 4 * batchAtMost

/** A batch under way. */
interface Flight {
  /** What its tasks need, and from its load on what was found besides: nobody else has it meanwhile. */
  readonly keys: Set<string>
  /** The keys of those that were under way during its load, so that what it has loaded may be older than they. */
  readonly beside: Array<ReadonlySet<string>>
}

interface Ran {
  readonly waiting: Waiting
  readonly value: unknown
  readonly changes: Changes
}

const staysWithin = (workspace: string, decided: Decided<unknown>): boolean =>
  decided._tag === 'Needs' ? isWithin(workspace, decided.needs) : decided.changes.workspace === workspace

/** One by one: a request may bring more than a call takes arguments. */
const toFront = (queue: Array<Waiting>, some: ReadonlyArray<Waiting>): void => {
  if (some.length === 0) return
  const rest = queue.splice(0)
  for (const one of some) queue.push(one)
  for (const one of rest) queue.push(one)
}

/**
 * The group committer: everything that is decided while one commit is under way goes into the next one. Decisions of
 * a batch run one after the other, each seeing the changes of those before it, and are stored together; so N messages
 * cost one transaction, and a conversation has one change in flight. It stands above the port, once for all stores.
 *
 * Where the store wants several batches at once, no two of them have anything in common that they were asked for or came
 * upon, so that each sees all that was decided before it about the same things, and everything keeps its order.
 */
export const makeCommitter = (storage: Storage, bus: Bus, now: () => number): Committer => {
  const batchesAtMost = storage.batches ?? 1
  const queue: Array<Waiting> = []
  const flights = new Set<Flight>()
  const idlers: Array<() => void> = []
  let starting = false
  let size = smallestBatch

  const needing = (waiting: Waiting, more: Needs): Waiting => {
    const needs = plus(waiting.needs, more)
    return { ...waiting, needs, keys: batchesAtMost === 1 ? [] : keysOf(needs) }
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
    toFront(queue, again)
  }

  /** Decides one, and those behind it see what it changes; undefined when it failed. */
  const decideOne = (waiting: Waiting, view: View): Ran | Needs | undefined => {
    const { workspace, decide } = waiting.task
    try {
      const decided = decide(view)
      if (!staysWithin(workspace, decided)) throw new Error('a decision is about another workspace')
      if (decided._tag === 'Needs') return decided.needs
      view.apply(decided.changes)
      return { waiting, value: decided.value, changes: decided.changes }
    } catch (error) {
      waiting.reject(new EngineError('Defect', 'a decision failed', { cause: error }))
      return undefined
    }
  }

  /** What stays undecided of a request is decided all the same, to learn what it needs: all of that is loaded at once. */
  const toLearn = (waiting: Waiting, view: View): Waiting => {
    try {
      const decided = waiting.task.decide(view)
      return decided._tag === 'Needs' ? needing(waiting, decided.needs) : waiting
    } catch {
      return waiting
    }
  }

  /**
   * Runs the decisions; those that fail or need more are dealt with at once and take no part in the commit. Where one of a
   * request needs more, all of that request starts over with it, and so does who comes after: they have seen it.
   */
  const decideAll = (batch: ReadonlyArray<Waiting>, view: View): ReadonlyArray<Ran> => {
    const ran: Array<Ran> = []
    for (const [at, waiting] of batch.entries()) {
      const decided = decideOne(waiting, view)
      if (decided === undefined) continue
      if ('waiting' in decided) {
        ran.push(decided)
        continue
      }
      const { request } = waiting.task
      const again = needing(waiting, decided)
      if (request === undefined) {
        queue.push(again)
        continue
      }
      const first = ran.findIndex((one) => one.waiting.task.request === request)
      const before = first === -1 ? [] : ran.splice(first).map((one) => one.waiting)
      const behind = batch.slice(at + 1)
      const same = behind.map((one) => (one.task.request === request ? toLearn(one, view) : one))
      toFront(queue, [...before, again, ...same])
      break
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
      if (result === undefined || result._tag === 'Conflict') {
        const [only] = group
        // Of several it is not known whose work it is: each is tried alone.
        if (result?.over !== 'work' || group.length > 1 || only === undefined) return lost(group)
        return only.waiting.reject(new EngineError('Contended', 'the work is done, or in other hands'))
      }
      for (const one of group) one.waiting.resolve({ value: one.value, position: result.position })
      publish(
        bus,
        workspace,
        result.position,
        group.map((one) => one.changes),
      )
    })
  }

  /** Takes what was found as well. Whoever came upon what another batch has starts over, and so who comes after. */
  const take = ({ keys, beside }: Flight, batch: ReadonlyArray<Waiting>, view: View): ReadonlyArray<Waiting> => {
    if (batchesAtMost === 1) return batch
    const going: Array<Waiting> = []
    const back: Array<Waiting> = []
    const behind = new Set<string>()
    for (const waiting of batch) {
      const found = foundBy(waiting.needs, view)
      const foundKeys = keysOf(found)
      const meets = foundKeys.some((key) => beside.some((others) => others.has(key)))
      if (meets || [...waiting.keys, ...foundKeys].some((key) => behind.has(key))) {
        const again = needing(waiting, found)
        back.push(again)
        for (const key of again.keys) behind.add(key)
      } else {
        going.push(waiting)
        for (const key of foundKeys) keys.add(key)
      }
    }
    toFront(queue, back)
    return going
  }

  const process = async (flight: Flight, batch: ReadonlyArray<Waiting>): Promise<void> => {
    const started = now()
    let concerned = batch
    try {
      const asked = batch.flatMap(({ needs, task }) => (task.looksAt === undefined ? [needs] : [needs, task.looksAt]))
      const view = makeView(await storage.load(union(asked)))
      concerned = take(flight, batch, view)
      const ran = decideAll(concerned, view)
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

  /**
   * Who goes next, in their order, but for those who need what a batch under way has, and who came after them for the
   * same. After a lost race each goes alone, so that one contended conversation does not make the others lose again; but
   * a request goes together at first, for those behind it would have to wait for a commit of each.
   */
  const next = (): ReadonlyArray<Waiting> => {
    const batch: Array<Waiting> = []
    const staying: Array<Waiting> = []
    const behind = new Set<string>()
    const isTaken = (key: string): boolean => {
      for (const { keys } of flights) if (keys.has(key)) return true
      return behind.has(key)
    }
    let seen = 0
    const isSameRequest = ({ task: { request } }: Waiting): boolean =>
      request !== undefined && request === batch.at(-1)?.task.request
    const goesAlong = (waiting: Waiting): boolean =>
      isSameRequest(waiting) && Math.max(waiting.losses, batch[0]?.losses ?? 0) < lossesTogether
    const isFull = (waiting: Waiting): boolean => (batch.length >= size || seen >= reach) && !isSameRequest(waiting)
    for (const waiting of queue) {
      if (isFull(waiting) || ((batch[0]?.losses ?? 0) > 0 && !goesAlong(waiting))) break
      if (waiting.keys.some(isTaken)) {
        staying.push(waiting)
        for (const key of waiting.keys) behind.add(key)
      } else if (waiting.losses > 0 && batch.length > 0 && !goesAlong(waiting)) {
        break
      } else {
        batch.push(waiting)
      }
      seen += 1
    }
    queue.splice(0, seen)
    toFront(queue, staying)
    return batch
  }

  const launch = (batch: ReadonlyArray<Waiting>): void => {
    const keys = new Set(batch.flatMap((waiting) => waiting.keys))
    const flight: Flight = { keys, beside: [...flights].map((other) => other.keys) }
    for (const other of flights) other.beside.push(keys)
    flights.add(flight)
    void process(flight, batch).then(() => {
      flights.delete(flight)
      fill()
      if (flights.size === 0 && queue.length === 0) for (const tell of idlers.splice(0)) tell()
    })
  }

  /** Whatever waits goes together: two halves side by side cost more than a whole, unless the store is far away. */
  const fill = (): void => {
    while (flights.size < batchesAtMost && queue.length >= (flights.size === 0 ? 1 : worthBeside)) {
      const batch = next()
      if (batch.length === 0) return
      launch(batch)
    }
  }

  /** Not at once: whoever asks in the same breath is to be in the same batch. */
  const start = (): void => {
    if (starting || flights.size >= batchesAtMost) return
    starting = true
    defer(() => {
      starting = false
      fill()
    })
  }

  return {
    submit: (task) =>
      new Promise((resolve, reject) => {
        if (!isWithin(task.workspace, task.needs) || !isWithin(task.workspace, task.looksAt ?? {})) {
          return reject(new EngineError('Defect', 'a task needs something of another workspace'))
        }
        const keys = batchesAtMost === 1 ? [] : keysOf(task.needs)
        queue.push({ task, needs: task.needs, keys, losses: 0, resolve: resolve as Waiting['resolve'], reject })
        start()
      }),
    idle: async () => {
      while (flights.size > 0 || queue.length > 0) await new Promise<void>((resolve) => idlers.push(resolve))
    },
  }
}
