import type { Answer, Done, Summary } from '../../api.ts'
import { call } from '../../engine.ts'
import { explain } from '../../state/acts.ts'
import { refresh } from '../../state/list.ts'
import { catchUp, threadOf } from '../../state/thread.ts'
import { toast } from '../../state/toasts.ts'
import { setup } from '../../state/workspace.ts'
import { contactSentence } from '../../words/people/refused.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

const done = async (id: string, asked: Promise<Answer<Done>>, text: string | null = null): Promise<void> => {
  const answer = await asked
  if (!answer.ok) {
    const ours = answer.failure._tag === 'BotSilenced' || answer.failure._tag === 'UnknownBot'
    toast(ours ? contactSentence(answer.failure) : explain(answer.failure, id), { tone: 'refused' })
  } else if (text !== null) toast(text)
  await Promise.all([refresh(), catchUp(id)])
}

/** The bots of the account in this conversation: who may speak, and how to change that. */
export const Bots = ({ current }: { readonly current: Summary }) => {
  const { id, control } = current
  const bots = setup.value?.accounts.find((account) => account.id === current.account)?.bots ?? []
  const blocked = threadOf(id).full?.blockedBots ?? []
  if (bots.length === 0) return null
  return (
    <Section id="bots" title={p().bots}>
      <ul class="lines-list">
        {bots.map((bot) => {
          const silenced = blocked.includes(bot)
          const state = silenced ? 'blocked' : control === 'bot' ? 'active' : 'paused'
          return (
            <li key={bot} data-bot={bot} data-state={state}>
              <span class="grow">
                {bot}
                <span class="identity-state">{p()[`bot_${state}`]}</span>
              </span>
              {!silenced && (
                <button
                  type="button"
                  class="button small"
                  aria-label={p().runBot(bot)}
                  title={p().runBot(bot)}
                  onClick={() => void done(id, call('conversations.runBot', id, { bot }), p().botRuns)}
                >
                  {p().run}
                </button>
              )}
              <button
                type="button"
                class="button small"
                aria-label={silenced ? p().unblockBot(bot) : p().blockBot(bot)}
                title={silenced ? p().unblockBot(bot) : p().blockBot(bot)}
                onClick={() =>
                  void done(id, call(silenced ? 'conversations.unblockBot' : 'conversations.blockBot', id, { bot }))
                }
              >
                {silenced ? p().unblock : p().block}
              </button>
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        class="button small"
        aria-keyshortcuts="b"
        onClick={() =>
          void done(id, control === 'bot' ? call('conversations.handOver', id) : call('conversations.giveToBot', id))
        }
      >
        {control === 'bot' ? p().takeFromBot : p().giveToBot}
      </button>
    </Section>
  )
}
