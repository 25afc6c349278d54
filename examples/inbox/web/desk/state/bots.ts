import type { Summary } from '../api.ts'
import { call } from '../engine.ts'
import { t } from '../words/t.ts'
import { explain } from './acts.ts'
import { refresh } from './list.ts'
import { catchUp, threadOf } from './thread.ts'
import { toast } from './toasts.ts'
import { setup } from './workspace.ts'

/** The bots of a conversation's account. */
export const botsOf = ({ account }: Summary): ReadonlyArray<string> =>
  setup.value?.accounts.find(({ id }) => id === account)?.bots ?? []

export const blockedIn = (id: string): ReadonlyArray<string> => threadOf(id).full?.blockedBots ?? []

export type BotAct = 'blockBot' | 'unblockBot' | 'runBot' | 'handOver' | 'giveToBot'

/** Bots are spoken to by name when it matters which: people and bots trade a conversation as wholes. */
export const actOnBot = async (act: BotAct, id: string, bot: string): Promise<void> => {
  const answer =
    act === 'handOver' || act === 'giveToBot'
      ? await call(`conversations.${act}`, id)
      : await call(`conversations.${act}`, id, { bot })
  if (answer.ok) toast(t()[`done_${act}`](bot))
  else toast(explain(answer.failure, id), { tone: 'refused' })
  await Promise.all([refresh(), catchUp(id)])
}
