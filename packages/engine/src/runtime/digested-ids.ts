import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Storage, StoredExternal } from '../ports/storage.ts'

type Digest = (workspace: string, account: string, externalId: string) => string

/** Of a few batches: nearly every id that is stored was asked for just before. */
const rememberedAtMost = 1_024

/**
 * What an id is stored as. It can be found by who has the id, as a second delivery does, and tells nobody else what it
 * was: a Message-ID may contain a name, the id of a text message a number. The same id elsewhere gives another digest.
 */
const makeDigest = (): Digest => {
  const remembered = new Map<string, string>()
  return (workspace, account, externalId) => {
    const id = JSON.stringify([workspace, account, externalId])
    const known = remembered.get(id)
    if (known !== undefined) return known
    if (remembered.size === rememberedAtMost) remembered.clear()
    const digest = bytesToHex(sha256(utf8ToBytes(id)))
    remembered.set(id, digest)
    return digest
  }
}

/**
 * A store that never gets to see the ids by which messages are recognised. They outlive what they lead to, so that a
 * message that is delivered once more is not taken for new after its sender was erased: so they must say nothing of her.
 */
export const withDigestedIds = (storage: Storage): Storage => {
  const digestOf = makeDigest()
  const digested = (workspace: string, rows: ReadonlyArray<StoredExternal>): ReadonlyArray<StoredExternal> =>
    rows.map((row) => ({ ...row, externalId: digestOf(workspace, row.account, row.externalId) }))
  return {
    ...storage,
    load: async (request) => {
      if (request.externals.length === 0) return storage.load(request)
      const externals = request.externals.map(({ workspace, account, externalId }) => ({
        workspace,
        account,
        externalId: digestOf(workspace, account, externalId),
      }))
      const snapshot = await storage.load({ ...request, externals })
      // Nearly every message is new.
      if (snapshot.externals.length === 0) return snapshot
      const asked = new Map(externals.map(({ externalId }, at) => [externalId, request.externals[at]?.externalId]))
      return {
        ...snapshot,
        externals: snapshot.externals.map((row) => ({
          ...row,
          externalId: asked.get(row.externalId) ?? row.externalId,
        })),
      }
    },
    commit: (changesets) =>
      storage.commit(
        changesets.map((changeset) => ({
          ...changeset,
          externals: digested(changeset.workspace, changeset.externals),
          moveExternals: digested(changeset.workspace, changeset.moveExternals),
        })),
      ),
  }
}
