import { botMay } from '../../domain/conversation/bot-gate.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { Bot, BotAction, BotContext } from '../../ports/bot.ts'
import type { Core } from '../core.ts'
import { nonsenseOf } from './sensible.ts'

/** A bot that has not answered after this long is not waited for any more, in milliseconds. */
export const botDeadlineMs = 20_000

/** What came of asking a bot. Why it failed is journaled and shown to the team. */
export type Answer =
  | { readonly _tag: 'Answered'; readonly actions: ReadonlyArray<BotAction> }
  | { readonly _tag: 'Failed'; readonly why: 'botFailed' | 'botLate' | 'botNonsense' | 'botSilent' }
  /** A person has stepped in, or the customer has written on: whatever it would have said is out of date. */
  | { readonly _tag: 'Overtaken' }
  /** The engine closes; it is asked again by whoever comes next. */
  | { readonly _tag: 'Stopped' }

/** Whether what a bot is thinking about is still so. */
export const isCurrent = (seen: Conversation, now: Conversation, bot: string): boolean =>
  now.inbound === seen.inbound && botMay(now, bot) === null

/** Asks a bot in its own time, and stops asking as soon as the answer cannot be used any more. */
export const askBot = async (
  core: Core,
  bot: Bot,
  name: string,
  context: BotContext,
  seen: Conversation,
): Promise<Answer> => {
  if (core.closing.aborted) return { _tag: 'Stopped' }
  const stop = new AbortController()
  let end: (answer: Answer) => void = () => undefined
  const ended = new Promise<Answer>((resolve) => {
    end = (answer) => {
      resolve(answer)
      stop.abort(new Error(answer._tag))
    }
  })
  const deaf = [
    core.clock.at(core.clock.now() + botDeadlineMs, () => {
      core.report(`bot ${name}`, new Error(`no answer within ${botDeadlineMs} ms`))
      end({ _tag: 'Failed', why: 'botLate' })
    }),
    core.bus.on('closing', () => end({ _tag: 'Stopped' })),
    core.bus.on('touched', ({ workspace, conversations }) => {
      const now = workspace === context.workspace ? conversations.find(({ id }) => id === seen.id) : undefined
      if (now !== undefined && !isCurrent(seen, now, name)) end({ _tag: 'Overtaken' })
    }),
  ]
  const asking = async (): Promise<Answer> => {
    // Copies both ways: neither side can change afterwards what the other has.
    const said: unknown = await bot.respond(structuredClone(context), { signal: stop.signal, now: core.clock.now() })
    const actions = structuredClone(said)
    if (Array.isArray(actions) && actions.length === 0) return { _tag: 'Failed', why: 'botSilent' }
    const problem = nonsenseOf(actions)
    if (problem === null) return { _tag: 'Answered', actions: actions as ReadonlyArray<BotAction> }
    core.report(`bot ${name}`, new Error(problem))
    return { _tag: 'Failed', why: 'botNonsense' }
  }
  try {
    return await Promise.race([asking(), ended])
  } catch (error) {
    core.report(`bot ${name}`, error)
    return { _tag: 'Failed', why: 'botFailed' }
  } finally {
    for (const off of deaf) off()
  }
}
