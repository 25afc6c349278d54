import type { Json } from '@guichet/engine'
import type { Bot, BotAction, BotContext } from '@guichet/engine/ports'
import { checkScript } from './check.ts'
import { heard, waits } from './hear.ts'
import { miss, play } from './play.ts'
import { ScriptError } from './problem.ts'
import type { Position, Script } from './script.ts'

/** Where the script stood when the bot last spoke; nowhere in a script that has no such step any more. */
const positionIn = (script: Script, memory: Json | null): Position | undefined => {
  if (typeof memory !== 'object' || memory === null || Array.isArray(memory)) return undefined
  const { step, missed } = memory as { readonly step?: Json; readonly missed?: Json }
  if (typeof step !== 'string' || !Object.hasOwn(script.steps, step)) return undefined
  return { step, missed: typeof missed === 'number' ? missed : 0 }
}

const respond = (script: Script, { messages, contact }: BotContext): ReadonlyArray<BotAction> => {
  const mine = messages.findLast(({ bot }) => bot === script.name)
  // Not by their places: a provider dates what it brings, some by the whole second and each by its own clock.
  const after = messages.filter(({ seq }) => seq > (mine?.seq ?? 0))
  // What a person has talked about since is not taken up again in the middle.
  const interrupted = after.some(({ by }) => by === 'agent')
  const position = interrupted ? undefined : positionIn(script, mine?.memory ?? null)
  const written = after.filter(({ by }) => by === 'contact')
  const { language } = contact
  // Run by hand without a new word of the customer: it says again what it said last.
  if (written.length === 0) return play(script, position?.step ?? script.start, language)
  const to = heard(script, position?.step, written)
  if (to !== undefined) return play(script, to, language)
  const step = position === undefined ? undefined : script.steps[position.step]
  return position === undefined || step === undefined || !waits(step)
    ? play(script, script.start, language)
    : miss(script, position, language)
}

/**
 * A bot that follows a script. It keeps nothing itself: where it stands is read from its own last message, so any
 * number of engines may run it, and a restart loses nothing. The same conversation always gets the same answer.
 *
 * @throws ScriptError when the script cannot be followed; its `problems` say where and why (see `checkScript`).
 *
 * @example
 * ```ts
 * import { scriptedBot } from '@guichet/bot-scripted'
 *
 * const bot = scriptedBot({
 *   name: 'porter',
 *   language: 'en',
 *   start: 'hello',
 *   steps: {
 *     hello: {
 *       say: { en: 'How can I help?', fr: 'Puis-je vous aider ?' },
 *       choices: [
 *         { label: { en: 'Opening hours', fr: 'Horaires' }, words: ['open'], to: 'hours' },
 *         { label: { en: 'A person', fr: 'Une personne' }, to: 'person' },
 *       ],
 *     },
 *     hours: { say: { en: 'From 9 to 5.', fr: 'De 9 h à 17 h.' } },
 *     person: { say: { en: 'One moment.', fr: 'Un instant.' }, do: [{ _tag: 'HandOver' }] },
 *   },
 *   fallback: { say: { en: 'I did not get that.', fr: 'Je ne comprends pas.' }, times: 2 },
 * })
 * const context = {
 *   workspace: 'acme',
 *   conversation: 'c1',
 *   account: 'site',
 *   channel: 'livechat',
 *   subject: null,
 *   messages: [],
 *   contact: { name: null, firstName: null, language: 'fr-CA', custom: {}, known: [] },
 *   attributes: {},
 *   cause: 'message',
 * } as const
 * const [said] = await bot.respond(context, { signal: new AbortController().signal, now: 0 })
 * if (said?._tag === 'Say') console.log(said.parts[0], said.memory)
 * ```
 *
 * ```text
 * { _tag: 'Text', text: 'Puis-je vous aider ?' } { step: 'hello', missed: 0 }
 * ```
 */
export const scriptedBot = (script: Script): Bot => {
  // What its owner does to the script afterwards was not checked.
  const own = structuredClone(script)
  const problems = checkScript(own)
  if (problems.length > 0) throw new ScriptError(problems)
  return { name: own.name, spi: 1, respond: (context) => respond(own, context) }
}
