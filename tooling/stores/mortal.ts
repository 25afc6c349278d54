import type { Storage } from '@guichet/engine/ports'

/** A store that can be taken away from an engine, as from a process that dies: nobody goes on trying for it. */
export const mortal = (store: Storage): { readonly storage: Storage; readonly die: () => void } => {
  let dead = false
  return {
    die: () => {
      dead = true
    },
    storage: new Proxy(store, {
      get: (of, name) => {
        const member: unknown = Reflect.get(of, name)
        if (typeof member !== 'function') return member
        // Whoever comes after it goes on with the same store.
        if (name === 'close') return () => undefined
        return (...given: ReadonlyArray<unknown>): unknown =>
          dead
            ? Promise.reject(Object.assign(new Error('the process is dead'), { retryable: false }))
            : Reflect.apply(member, of, given)
      },
    }),
  }
}
