import type { Connection } from './connection.ts'

/** Notices what is committed to the file, as long as somebody wants to hear of it. */
export interface Watch {
  readonly hear: (listener: (workspace: string) => void) => () => void
  /** This connection itself has committed something: the engines that share it hear of each other. */
  readonly committed: (workspaces: ReadonlyArray<string>) => void
  readonly close: () => void
}

/** SQLite counts for each connection what the others have committed; only by asking it is found out. */
export const makeWatch = (connected: () => Connection, everyMs: number): Watch => {
  const listeners = new Set<{ readonly listener: (workspace: string) => void }>()
  let timer: NodeJS.Timeout | undefined
  let seen: { readonly version: unknown; readonly position: number } | undefined

  const tell = (workspace: string): void => {
    for (const { listener } of listeners) listener(workspace)
  }
  const look = (): void => {
    const { db, sql, workspaces } = connected()
    // The position first: when the version is still the same after it, all up to there is this connection's own.
    const position = sql.position.get({})?.pos ?? 0
    const version = db.pragma('data_version', { simple: true })
    const before = seen
    const moved =
      before === undefined || before.version === version ? [] : sql.workspacesAfter.all({ after: before.position })
    seen = { version, position }
    for (const ws of new Set(moved.map((one) => one.ws))) tell(workspaces.name(ws))
  }
  const tryToLook = (): void => {
    try {
      look()
    } catch {
      // A file that is locked or lost is somebody else's to report: what has changed is noticed the next time.
    }
  }
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
    seen = undefined
  }

  return {
    hear: (listener) => {
      const one = { listener }
      listeners.add(one)
      if (timer === undefined) {
        tryToLook()
        timer = setInterval(tryToLook, everyMs).unref()
      }
      return () => {
        listeners.delete(one)
        if (listeners.size === 0) stop()
      }
    },
    committed: (workspaces) => {
      if (listeners.size > 1) queueMicrotask(() => workspaces.forEach(tell))
    },
    close: () => {
      listeners.clear()
      stop()
    },
  }
}
