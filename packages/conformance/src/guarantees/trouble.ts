import type { Storage } from '@guichet/engine/ports'

/**
 * What becomes of one call of a store: it is done, nothing happens, or it is done and nobody hears of it. The dead are
 * refused for good: no engine goes on trying for them.
 */
export type Fate = 'done' | 'refused' | 'unheard' | 'dead'

export type Method = Exclude<
  keyof Storage,
  'name' | 'stats' | 'close' | 'watch' | 'whisper' | 'shardOf' | 'shards' | 'batches'
>

/**
 * A store whose calls meet a fate, at once or when it is decided. It cannot be closed through this: whoever opened it
 * closes it, so that one engine can end and the next go on with the same data.
 */
export const fated = (store: Storage, fateOf: (method: Method) => Fate | Promise<Fate> = () => 'done'): Storage =>
  new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      if (name === 'close') return () => undefined
      if (name === 'stats') return () => target.stats()
      // What others say comes through, whatever becomes of the calls.
      if (name === 'watch') return value
      // What it is made of is known without asking it.
      if (name === 'shardOf') return value
      return (...given: ReadonlyArray<unknown>) => {
        const meet = (fate: Fate): unknown => {
          if (fate === 'refused') return Promise.reject(new Error('the store is out of reach'))
          if (fate === 'dead')
            return Promise.reject(Object.assign(new Error('the process is dead'), { retryable: false }))
          const answer: unknown = Reflect.apply(value, target, given)
          if (fate === 'done') return answer
          return Promise.resolve(answer).then(() => {
            throw new Error('the store was lost before it answered')
          })
        }
        const fate = fateOf(name as Method)
        return typeof fate === 'string' ? meet(fate) : fate.then(meet)
      }
    },
  })

/** A store through which an engine hears nothing of the others: a case decides who does what, and when. */
export const deaf = ({ watch: _watch, whisper: _whisper, ...store }: Storage): Storage => store

/**
 * A process that ends at its n-th call of the store, before or just after it took effect, and calls no more. Calls are
 * counted from when `counts` says so; without a death it lives until it is killed.
 */
export const mortal = (
  store: Storage,
  death?: { readonly at: number; readonly fate: 'refused' | 'unheard' },
  counts: () => boolean = () => true,
): { readonly storage: Storage; readonly died: () => boolean; readonly kill: () => void } => {
  let calls = 0
  let dead = false
  const storage = fated(store, () => {
    if (dead) return 'dead'
    if (death === undefined || !counts()) return 'done'
    calls += 1
    if (calls !== death.at) return 'done'
    dead = true
    return death.fate
  })
  const { watch, whisper } = storage
  return {
    storage: {
      ...storage,
      // The dead hear nothing and say nothing.
      ...(watch && { watch: (hear) => watch((workspace) => (dead ? undefined : hear(workspace))) }),
      ...(whisper && {
        whisper: {
          say: (workspace, text) => (dead ? undefined : whisper.say(workspace, text)),
          hear: (listener) => whisper.hear((workspace, text) => (dead ? undefined : listener(workspace, text))),
        },
      }),
    },
    died: () => dead,
    kill: () => {
      dead = true
    },
  }
}

/** Counts the calls of a store by their name. */
export const counted = (store: Storage): { readonly storage: Storage; readonly calls: (method: Method) => number } => {
  const made = new Map<Method, number>()
  return {
    storage: fated(store, (method) => {
      made.set(method, (made.get(method) ?? 0) + 1)
      return 'done'
    }),
    calls: (method) => made.get(method) ?? 0,
  }
}
