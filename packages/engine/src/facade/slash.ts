import type { Conversation } from '../domain/conversation/state.ts'
import { parseSlash } from '../domain/slash/parse.ts'
import { EngineError } from '../runtime/error.ts'
import type { Running } from '../runtime/engine.ts'
import { inTime } from '../runtime/in-time.ts'
import { type Viewer, seeConversation } from '../runtime/read/viewer.ts'
import { abortable, asEngineError, invalid } from './refusing.ts'
import { builtInSlash } from './slash/built-in.ts'
import type { AgentSession, Outcome, Slash, SlashAnswer, SlashCommand } from './types.ts'

/** Every slash command there is, by its name. */
export type SlashCommands = ReadonlyMap<string, SlashCommand>

/** The built-in ones and the host's. Throws when a name is none, or means two things. */
export const slashCommands = (added: Readonly<Record<string, SlashCommand>> = {}): SlashCommands => {
  const all = new Map(Object.entries(builtInSlash))
  for (const [name, command] of Object.entries(added)) {
    const misconfigured = (why: string) =>
      new EngineError('Misconfigured', `slash command ${JSON.stringify(name)}: ${why}`)
    if (parseSlash(name)?.name !== name) throw misconfigured('a name is lower-case letters, digits, - and _')
    if (all.has(name)) throw misconfigured('there is one of this name already')
    if (typeof command?.run !== 'function') throw misconfigured('it has nothing to run')
    all.set(name, command)
  }
  return all
}

const isAnswer = (answer: unknown): answer is Outcome<SlashAnswer> => {
  if (typeof answer !== 'object' || answer === null || !('ok' in answer)) return false
  if (answer.ok !== true) return 'refusal' in answer
  const value = ('value' in answer ? answer.value : undefined) as
    | Partial<SlashAnswer & { readonly text: unknown }>
    | undefined
  if (value?._tag === 'Done') return true
  return (value?._tag === 'Insert' || value?._tag === 'Tell') && typeof value.text === 'string'
}

/** What an agent types after a slash. */
export const slashFor = (
  { core, closing }: Running,
  viewer: Viewer,
  commands: SlashCommands,
  session: () => AgentSession,
): Slash => {
  const known = [...commands.keys()].sort()

  /** A command of the host is a plugin: it answers in time and in shape, or it has failed and harms nobody else. */
  const perform = async (
    name: string,
    command: SlashCommand,
    conversation: Conversation,
    argument: string,
  ): Promise<Outcome<SlashAnswer>> => {
    try {
      const answer: unknown = await inTime(core, command.run({ session: session(), conversation, argument }))
      if (isAnswer(answer)) return answer
      throw new Error('it answered with something that is no answer')
    } catch (error) {
      if (error instanceof EngineError) throw error
      core.report(`slash ${name}`, error)
      throw new EngineError('Defect', `the slash command ${name} failed`, { cause: error })
    }
  }

  return {
    list: () =>
      known.flatMap((name) => {
        const command = commands.get(name)
        return command === undefined ? [] : [{ name, usage: command.usage, about: command.about }]
      }),
    run: (id, line, options) =>
      abortable(
        options?.signal,
        asEngineError(closing, async (): Promise<Outcome<SlashAnswer>> => {
          const conversation = await seeConversation(core, viewer, id)
          if (conversation === undefined) return { ok: false, refusal: { _tag: 'NotFound' } }
          if (typeof line !== 'string') return invalid('slash', 'line: what was typed')
          const said = parseSlash(line)
          const command = said === null ? undefined : commands.get(said.name)
          if (said === null || command === undefined) {
            const name = said?.name ?? line.trim().slice(0, 40)
            return { ok: false, refusal: { _tag: 'UnknownSlashCommand', name, known } }
          }
          return perform(said.name, command, conversation, said.argument)
        }),
      ),
  }
}
