import type { InboundFile } from '@guichet/engine/ports'
import { uploadLifetime } from '../protocol/limits.ts'
import { randomId } from './tokens.ts'

/** What an upload became part of: the answer to whoever names it again. */
export interface Stored {
  readonly conversation: string
  readonly seq: number
  readonly at?: number
}

type Upload =
  | { readonly owner: string; readonly expires: number; readonly state: 'waiting'; readonly file: InboundFile }
  /** Its bytes are the engine's by now; it is remembered for a message that is sent again because its answer was lost. */
  | {
      readonly owner: string
      readonly expires: number
      readonly state: 'used'
      readonly by: string
      readonly stored: Stored
    }

export type Named =
  | { readonly state: 'ready'; readonly files: ReadonlyArray<InboundFile> }
  | { readonly state: 'stored'; readonly stored: Stored }
  | { readonly state: 'unknown' }

export interface Uploads {
  /** Sets bytes aside before they arrive; undefined when the area is full or the owner has enough waiting. */
  readonly reserve: (owner: string, bytes: number, maxWaiting: number) => Reservation | undefined
  /** The files that a message names. Somebody else's are unknown. */
  readonly named: (owner: string, ids: ReadonlyArray<string>, clientId: string) => Named
  readonly used: (owner: string, ids: ReadonlyArray<string>, clientId: string, stored: Stored) => void
}

export interface Reservation {
  readonly keep: (file: InboundFile) => string
  readonly release: () => void
}

const maxRemembered = 10_000

/**
 * Where uploaded bytes wait for the message that names them: in this process, for ten minutes, within a fixed total.
 * They are no part of any conversation before that message is stored.
 */
export const makeUploads = (now: () => number, maxBytes: number): Uploads => {
  const uploads = new Map<string, Upload>()
  let held = 0

  const drop = (id: string, upload: Upload): void => {
    uploads.delete(id)
    if (upload.state === 'waiting') held -= upload.file.bytes.length
  }
  // Every upload has the same lifetime, so the oldest come first.
  const sweep = (): void => {
    for (const [id, upload] of uploads) {
      if (upload.expires > now() && uploads.size <= maxRemembered) return
      drop(id, upload)
    }
  }

  return {
    reserve: (owner, bytes, maxWaiting) => {
      sweep()
      let waiting = 0
      for (const upload of uploads.values()) if (upload.owner === owner && upload.state === 'waiting') waiting += 1
      if (waiting >= maxWaiting || held + bytes > maxBytes) return undefined
      held += bytes
      let open = true
      const release = (): void => {
        if (open) held -= bytes
        open = false
      }
      return {
        release,
        keep: (file) => {
          release()
          const id = randomId()
          held += file.bytes.length
          uploads.set(id, { owner, expires: now() + uploadLifetime, state: 'waiting', file })
          return id
        },
      }
    },
    named: (owner, ids, clientId) => {
      const files: Array<InboundFile> = []
      for (const id of ids) {
        const upload = uploads.get(id)
        if (upload === undefined || upload.owner !== owner || upload.expires <= now()) return { state: 'unknown' }
        if (upload.state === 'waiting') files.push(upload.file)
        else return upload.by === clientId ? { state: 'stored', stored: upload.stored } : { state: 'unknown' }
      }
      return { state: 'ready', files }
    },
    used: (owner, ids, clientId, stored) => {
      for (const id of ids) {
        const upload = uploads.get(id)
        if (upload === undefined || upload.owner !== owner) continue
        drop(id, upload)
        uploads.set(id, { owner, expires: now() + uploadLifetime, state: 'used', by: clientId, stored })
      }
    },
  }
}
