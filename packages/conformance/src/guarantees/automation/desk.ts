import type { AccountInput, Entry, Workspace } from '@guichet/engine'
import type { Bot } from '@guichet/engine/ports'
import { type Office, granted, history, secret } from '../office.ts'
import type { Rig } from '../rig.ts'

/** An office whose chat is answered by these bots, on an engine that has them and is the only one. */
export const withBots = async (
  rig: Rig,
  bots: ReadonlyArray<Bot>,
  more: Partial<AccountInput> = {},
): Promise<Office> => {
  await rig.restart({ bots: registered(bots) })
  const office = await rig.office()
  await answeredBy(office.workspace, bots, more)
  return office
}

export const registered = (bots: ReadonlyArray<Bot>): Readonly<Record<string, Bot>> =>
  Object.fromEntries(bots.map((bot) => [bot.name, bot]))

export const answeredBy = async (
  workspace: Workspace,
  bots: ReadonlyArray<Pick<Bot, 'name'>>,
  more: Partial<AccountInput> = {},
): Promise<void> => {
  for (const [account, channel] of [
    ['chat', 'chat'],
    ['exact', 'exact'],
  ] as const) {
    granted(
      await workspace.accounts.put({
        id: account,
        channel,
        queue: 'desk',
        settings: { secret },
        bots: bots.map(({ name }) => name),
        ...more,
      }),
    )
  }
}

/** Everything that bots have said, by the journal. */
export const saidByBots = async (office: Office, id: string): Promise<ReadonlyArray<string>> => {
  const { messages } = await history(office.as('mia'), id)
  return messages.filter(({ author }) => author.kind === 'bot').map(({ text }) => text)
}

/** Why people were called, as the journal says it. */
export const reasons = async (office: Office, id: string): Promise<ReadonlyArray<string | null>> => {
  const { entries } = await history(office.as('mia'), id)
  return entries.flatMap(({ what }: Entry) => (what._tag === 'HandedOver' ? [what.reason] : []))
}
