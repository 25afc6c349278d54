import { internal } from '../domain/conversation/chat.ts'
import { textOf } from '../domain/message/part.ts'
import { discuss } from '../runtime/discuss.ts'
import type { Running } from '../runtime/engine.ts'
import { type Moving, move } from '../runtime/move/move.ts'
import { readTimeline } from '../runtime/read/messages.ts'
import { unreadAfter, unreadOf } from '../runtime/read/unread.ts'
import { seqNow } from '../runtime/redirect.ts'
import { type Viewer, seeConversation } from '../runtime/read/viewer.ts'
import { abortable, amiss, asEngineError, given, invalid, wholeOf } from './refusing.ts'
import { outcomeOf, runnerFor } from './run-command.ts'
import type { CommandOptions, Conversations, Done, Outcome } from './types.ts'

type Acts = Pick<Conversations, 'react' | 'split' | 'merge' | 'discuss'>
type About = NonNullable<Parameters<Conversations['discuss']>[0]['about']>

/** What people read as one line, in characters. */
const titleAtMost = 1_000

const isPeople = (ids: unknown): boolean => Array.isArray(ids) && ids.every((id) => typeof id === 'string')

/** The words of a message, each line as a quote. */
const quoted = (who: string, text: string): string =>
  [`${who}:`, ...text.split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n')

interface Subject {
  /** Where it stands now. */
  readonly at: { readonly conversation: string; readonly message: number }
  readonly quote: string
  readonly people: ReadonlyArray<string>
}

/** What a message says, and who has to do with its conversation; undefined for what this agent may not see. */
const subjectOf = async ({ core }: Running, viewer: Viewer, about: About): Promise<Subject | undefined> => {
  const { workspace } = viewer
  const state = await seeConversation(core, viewer, about.conversation)
  if (state === undefined || wholeOf(about.message) === undefined) return undefined
  const at = await seqNow(core, workspace, about.conversation, state.id, about.message)
  const page = await core.storage.timeline({ workspace, conversation: state.id, after: at - 1, limit: 1 })
  const message = readTimeline(page).messages.find(({ seq }) => seq === at)
  if (message === undefined || message.deleted || message.message.movedTo !== undefined) return undefined
  const setup = await core.directory.of(workspace)
  const { author } = message.message
  const who = author.kind === 'agent' ? (setup.agents.get(author.id)?.name ?? author.id) : state.address || author.kind
  const { owner, assignees, participants } = state
  const people = [...(owner === null ? [] : [owner]), ...assignees, ...participants]
  return {
    at: { conversation: state.id, message: at },
    quote: quoted(who, textOf(message.parts)),
    people: [...new Set(people)].filter((id) => setup.agents.has(id)),
  }
}

/** Acts on messages that concern more than the conversation they stand in, and signs beside them. */
export const movingFor = (running: Running, viewer: Viewer): Acts => {
  const { core, closing } = running
  const { workspace, agent } = viewer
  const run = runnerFor(running, viewer)

  const go = (id: string, what: Moving['what'], options: CommandOptions): Promise<Outcome<Done>> => {
    const refusal = amiss(options)
    if (refusal !== null) return Promise.resolve({ ok: false, refusal })
    return abortable(
      options.signal,
      asEngineError(closing, async () => {
        const into = what._tag === 'Merge' ? what.into : undefined
        const before = await unreadOf(core, viewer, id, into)
        const { expectedVersion, idempotencyKey } = options
        const done = await move(core, {
          workspace,
          conversation: id,
          actor: { kind: 'agent', id: agent },
          what,
          ...(expectedVersion === undefined ? {} : { expectedVersion }),
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        })
        if (done._tag === 'Done') await unreadAfter(core, viewer, before, done.conversation)
        return outcomeOf(done)
      }),
    )
  }

  return {
    react: (id, options) => {
      const { message, emoji } = given(options)
      return run(id, { _tag: 'React', message, emoji }, options)
    },
    split: (id, asked) => {
      const options = given(asked)
      const { message, following = false, close = true } = options
      return go(id, { _tag: 'Split', message, following: following === true, close: close === true }, options)
    },
    merge: (id, options) => go(id, { _tag: 'Merge', into: given(options).into }, given(options)),
    discuss: (asked) => {
      const options = given(asked)
      const refusal = amiss(options)
      if (refusal !== null) return Promise.resolve({ ok: false, refusal })
      return abortable(
        options.signal,
        asEngineError(closing, async () => {
          const { title, text, about, idempotencyKey } = options
          if (typeof title !== 'string' || title.length > titleAtMost) {
            return invalid('discussion', `title: 1 to ${titleAtMost} characters`)
          }
          if (!isPeople(options.participants)) return invalid('discussion', 'participants: a list of ids of agents')
          if (typeof text !== 'string') return invalid('discussion', 'text: what to say first')
          const subject = about === undefined ? undefined : await subjectOf(running, viewer, given(about))
          if (about !== undefined && subject === undefined) return { ok: false, refusal: { _tag: 'NotFound' } }
          const words = subject === undefined ? text : `${subject.quote}\n\n${text}`
          const participants = options.participants.length > 0 ? options.participants : (subject?.people ?? [])
          const done = await discuss(core, {
            workspace,
            agent,
            command: {
              _tag: 'Discuss',
              title,
              participants,
              parts: text.trim() === '' ? [] : [{ _tag: 'Text', text: words }],
              ...(subject === undefined ? {} : { meta: { [internal]: { about: subject.at } } }),
            },
            ...(subject === undefined ? {} : { about: subject.at.conversation }),
            ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
          })
          return outcomeOf(done)
        }),
      )
    },
  }
}
