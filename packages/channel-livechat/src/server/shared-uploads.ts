import type { Blobs, InboundFile } from '@guichet/engine/ports'
import { uploadLifetime } from '../protocol/limits.ts'

/** Where uploads wait so that any process of the host finds them: the one that has the visitor's socket may be another. */
export interface SharedUploads {
  readonly put: (owner: string, id: string, file: InboundFile) => Promise<void>
  /** These files of this owner; undefined when one of them is unknown, somebody else's, or too old. */
  readonly find: (owner: string, ids: ReadonlyArray<string>) => Promise<ReadonlyArray<InboundFile> | undefined>
}

interface About {
  readonly owner: string
  readonly expires: number
  readonly name: string
  readonly mime: string
}

/** As `randomId` makes them; whatever else a client may name is nobody's upload. */
const isId = (id: string): boolean => /^[\w-]{22}$/.test(id)
const keyOf = (id: string): string => `upload-${id}`
/** An owner is named `workspace/account/address`. */
const workspaceOf = (owner: string): string => owner.slice(0, owner.indexOf('/'))

/** What it is on the first line, and then its bytes. */
const write = ({ bytes }: InboundFile, about: About): Uint8Array =>
  Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), bytes])

const read = (written: Uint8Array): { readonly about: About; readonly bytes: Uint8Array } => {
  const end = written.indexOf(0x0a)
  return {
    about: JSON.parse(Buffer.from(written.subarray(0, end)).toString()) as About,
    bytes: new Uint8Array(written.subarray(end + 1)),
  }
}

/** What a process has put there it removes when its time is over; what one left behind when it died nobody takes up. */
export const sharedUploads = (blobs: Blobs, now: () => number): SharedUploads => {
  const own = new Map<string, { readonly workspace: string; readonly expires: number }>()

  const sweep = async (): Promise<void> => {
    for (const [key, { workspace, expires }] of own) {
      // The oldest come first.
      if (expires > now()) return
      own.delete(key)
      await blobs.delete(workspace, key)
    }
  }

  const one = async (owner: string, id: string): Promise<InboundFile | undefined> => {
    if (!isId(id)) return undefined
    const written = await blobs.get(workspaceOf(owner), keyOf(id))
    if (written === undefined) return undefined
    const { about, bytes } = read(written)
    if (about.owner !== owner || about.expires <= now()) return undefined
    return { name: about.name, mime: about.mime, bytes }
  }

  return {
    put: async (owner, id, file) => {
      await sweep()
      const expires = now() + uploadLifetime
      const workspace = workspaceOf(owner)
      await blobs.put(workspace, keyOf(id), write(file, { owner, expires, name: file.name, mime: file.mime }))
      own.set(keyOf(id), { workspace, expires })
    },
    find: async (owner, ids) => {
      const found = await Promise.all(ids.map((id) => one(owner, id)))
      return found.every((file) => file !== undefined) ? found : undefined
    },
  }
}
