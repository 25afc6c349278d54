import type { MessageAddress } from '../../domain/message/message.ts'
import type { StoredConversation } from '../../ports/storage.ts'
import type { Connected } from '../accounts.ts'
import type { Core } from '../core.ts'
import { storageFailed } from '../error.ts'
import { noNeeds } from '../view.ts'

/** Where the message with an external id is, and its conversation as it was when that was looked up. */
export interface Place extends MessageAddress {
  readonly row: StoredConversation | undefined
}

/** Where messages are, by their external ids; what nobody knows is left out. One read, however many they are. */
export const placesOf = async (
  core: Core,
  { workspace, account }: Connected,
  externalIds: ReadonlyArray<string>,
): Promise<ReadonlyMap<string, Place>> => {
  if (externalIds.length === 0) return new Map()
  const externals = [...new Set(externalIds)].map((externalId) => ({ workspace, account: account.id, externalId }))
  try {
    const loaded = await core.storage.load({ ...noNeeds, externals })
    const rows = new Map(loaded.conversations.map((row) => [row.id, row]))
    return new Map(
      loaded.externals.map(({ externalId, conversation, seq }) => [
        externalId,
        { conversation, seq, row: rows.get(conversation) },
      ]),
    )
  } catch (error) {
    throw storageFailed(error)
  }
}

/** The same of one. */
export const placeOf = async (core: Core, to: Connected, externalId: string): Promise<Place | undefined> =>
  (await placesOf(core, to, [externalId])).get(externalId)
