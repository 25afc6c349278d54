import type { AnswerFrame } from '../protocol/parts.ts'
import type { ChatOptions } from './types.ts'
import type { Environment } from './environment.ts'

/** A message that is not stored by the server yet. */
export interface Outgoing {
  readonly id: string
  readonly text: string
  readonly at: number
  readonly files: ReadonlyArray<{ readonly name: string; readonly mime: string; readonly size: number }>
  /** Ids of the uploads, one for each file, as far as they are done. */
  uploads: Array<string>
  /** Bytes live only as long as the page. */
  blobs?: ReadonlyArray<File>
  error?: string
  issues?: ReadonlyArray<string>
  readonly answer?: AnswerFrame
}

/** What is kept on this device: who the visitor is, and what he wrote that has not arrived. */
export interface Kept {
  resume?: { readonly token: string; readonly visitor: string } | undefined
  outbox: ReadonlyArray<Outgoing>
}

export interface Keeper {
  readonly read: () => Kept
  /** Reads, changes and writes at once: other tabs keep things in the same place. */
  readonly change: (change: (kept: Kept) => void) => void
  readonly forget: () => void
}

export const makeKeeper = (options: ChatOptions, environment: Environment): Keeper => {
  const key = `guichet:${options.account}`
  let memory: Kept = { outbox: [] }
  // Storage may be full, forbidden, or throw when it is only looked at; then the page's memory has to do.
  const attempt = <A>(act: (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => A): A | undefined => {
    try {
      const storage = options.storage ?? environment.localStorage
      return storage && act(storage)
    } catch {
      return undefined
    }
  }
  const read = (): Kept => {
    const found = attempt((storage) => JSON.parse(storage.getItem(key) ?? 'null') as Kept | null)
    return found && Array.isArray(found.outbox) ? found : memory
  }
  return {
    read,
    change: (change) => {
      const kept = { ...read() }
      change(kept)
      memory = kept
      attempt((storage) =>
        storage.setItem(
          key,
          JSON.stringify({
            ...kept,
            outbox: kept.outbox
              .filter((one) => one.uploads.length === one.files.length)
              .map(({ blobs: _, ...one }) => one),
          }),
        ),
      )
    },
    forget: () => {
      memory = { outbox: [] }
      attempt((storage) => storage.removeItem(key))
    },
  }
}
