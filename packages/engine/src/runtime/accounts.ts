import type { Account } from '../domain/account.ts'
import type { Channel, ChannelAccount } from '../ports/channel.ts'
import type { Core } from './core.ts'

/** An account together with the channel that speaks for it. */
export interface Connected {
  readonly workspace: string
  readonly account: Account
  readonly channel: Channel
  readonly seen: ChannelAccount
}

export const connectedOf = (core: Core, workspace: string, account: Account): Connected | undefined => {
  const channel = core.channels.get(account.channel)
  if (channel === undefined) return undefined
  const { id, name, settings } = account
  return { workspace, account, channel, seen: { workspace, id, name, settings } }
}

/** `workspace/account`; an account id may contain further slashes. */
export const connectedAt = async (core: Core, reference: string): Promise<Connected | undefined> => {
  const slash = reference.indexOf('/')
  if (slash < 1) return undefined
  const workspace = reference.slice(0, slash)
  const setup = await core.directory.of(workspace)
  const account = setup.accounts.get(reference.slice(slash + 1))
  return account === undefined ? undefined : connectedOf(core, workspace, account)
}
