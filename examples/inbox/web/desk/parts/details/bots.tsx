import type { Summary } from '../../api.ts'
import { actOnBot, blockedIn, botsOf } from '../../state/bots.ts'
import { p } from '../../words/people/p.ts'
import { Section } from './section.tsx'

/** The bots of the account in this conversation: who may speak, and how to change that. */
export const Bots = ({ current }: { readonly current: Summary }) => {
  const { id, control } = current
  const bots = botsOf(current)
  const blocked = blockedIn(id)
  const [first] = bots
  if (first === undefined) return null
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
                  onClick={() => void actOnBot('runBot', id, bot)}
                >
                  {p().run}
                </button>
              )}
              <button
                type="button"
                class="button small"
                aria-label={silenced ? p().unblockBot(bot) : p().blockBot(bot)}
                title={silenced ? p().unblockBot(bot) : p().blockBot(bot)}
                onClick={() => void actOnBot(silenced ? 'unblockBot' : 'blockBot', id, bot)}
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
        onClick={() => void actOnBot(control === 'bot' ? 'handOver' : 'giveToBot', id, first)}
      >
        {control === 'bot' ? p().takeFromBot : p().giveToBot}
      </button>
    </Section>
  )
}
