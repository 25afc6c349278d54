import type { InboundMessage } from '../../domain/message/message.ts'
import type { MessageAddress } from '../../domain/message/message.ts'
import type { Core } from '../core.ts'
import { isFallbackId } from '../ingest/fallback-id.ts'
import type { CurrentMessage } from '../read/messages.ts'
import { noNeeds } from '../view.ts'

/** The id that a provider gave to what a customer has written; undefined where it gave none. */
export const givenIdOf = ({ externalId }: Pick<InboundMessage, 'externalId'>): string | undefined =>
  externalId === undefined || isFallbackId(externalId) ? undefined : externalId

/**
 * The id by which the provider of this account knows a message: `later` while it is on its way, undefined when it knows
 * none, as of what came by another account.
 */
export const idAtProvider = async (
  core: Core,
  workspace: string,
  account: string,
  at: MessageAddress,
  { message, delivery }: Pick<CurrentMessage, 'message' | 'delivery'>,
): Promise<string | undefined> => {
  const externalId = message.direction === 'in' ? givenIdOf(message) : delivery?.externalId
  const isOnItsWay = delivery?.status === 'queued' || delivery?.status === 'sending'
  if (externalId === undefined) return isOnItsWay ? 'later' : undefined
  const loaded = await core.storage.load({ ...noNeeds, externals: [{ workspace, account, externalId }] })
  const known = loaded.externals.some((one) => one.conversation === at.conversation && one.seq === at.seq)
  return known ? externalId : undefined
}
