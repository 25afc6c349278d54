import { decodeConversation } from '../codec/conversation.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Connected } from './accounts.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { currentConversation } from './redirect.ts'
import { noNeeds } from './view.ts'

/** The conversation that is active at an address of this account. */
export const activeAt = async (
  core: Core,
  { workspace, account }: Connected,
  address: string,
): Promise<Conversation | undefined> => {
  try {
    const loaded = await core.storage.load({ ...noNeeds, identities: [{ workspace, account: account.id, address }] })
    const id = loaded.identities[0]?.conversation
    const row = loaded.conversations.find((one) => one.id === id)
    if (row === undefined) return undefined
    const state = decodeConversation(row)
    if (state.mergedInto !== null) return await currentConversation(core, workspace, state.mergedInto)
    return state.deleted ? undefined : state
  } catch (error) {
    throw storageFailed(error)
  }
}
