import type { Actor } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import { textOf } from '../domain/message/part.ts'
import type { StoredDraft } from '../ports/storage.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'

/**
 * What somebody types is never lost. What she sends from her composer is her draft again when it is refused, and no
 * draft any more when it is not; what she types elsewhere, to change something, is put under the draft that is there.
 */

/** What is being done, as far as drafts are concerned. */
interface Writing {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly command: Command
}

interface Typed {
  readonly mode: StoredDraft['mode']
  readonly text: string
  readonly from: 'composer' | 'elsewhere'
}

const typedIn = (command: Command): Typed | undefined => {
  switch (command._tag) {
    case 'Reply':
      return { mode: 'reply', text: textOf(command.parts), from: 'composer' }
    case 'AddNote':
      return { mode: 'note', text: textOf(command.parts), from: 'composer' }
    case 'Schedule':
      return { mode: 'reply', text: textOf(command.content.parts), from: 'composer' }
    case 'ChangeSchedule':
      return command.content && { mode: 'reply', text: textOf(command.content.parts), from: 'elsewhere' }
    case 'EditMessage':
      return { mode: 'reply', text: textOf(command.parts), from: 'elsewhere' }
    default:
      return undefined
  }
}

/** A draft with something more in it; what is there already is not put there twice. */
export const draftWith = (before: string | undefined, text: string): string => {
  if (before === undefined || before.trim() === '') return text
  return before.includes(text) ? before : `${before}\n\n${text}`
}

/** What becomes of the drafts of who writes, once it is known what became of the command. */
interface Drafts {
  readonly refused: (refusal: Refusal) => ReadonlyArray<StoredDraft>
  readonly done: () => ReadonlyArray<StoredDraft>
}

const none: Drafts = { refused: () => [], done: () => [] }

/** Somebody who is not there, or may not know of the conversation, leaves nothing in it. */
const leavesNothing = (refusal: Refusal, { id }: Actor): boolean =>
  refusal._tag === 'NotFound' || (refusal._tag === 'UnknownAgent' && refusal.agent === id)

export const draftsOf = async (core: Core, writing: Writing): Promise<Drafts> => {
  const { workspace, conversation, actor, command } = writing
  const typed = typedIn(command)
  if (actor.kind !== 'agent' || typed === undefined) return none
  const { mode, text, from } = typed
  const before = from === 'composer' ? undefined : await core.storage.draft(workspace, conversation, actor.id, mode)
  const draft = (data: string | null): StoredDraft => ({
    conversation,
    agent: actor.id,
    mode,
    data,
    at: core.clock.now(),
  })
  return {
    refused: (refusal) => (leavesNothing(refusal, actor) || text.trim() === '' ? [] : [draft(draftWith(before, text))]),
    done: () => (from === 'composer' ? [draft(null)] : []),
  }
}

/** Nothing is left to be finished of what is deleted. */
export const abandonedDrafts = (core: Core, setup: Setup, conversation: string): ReadonlyArray<StoredDraft> =>
  [...setup.agents.keys()].flatMap((agent) =>
    (['reply', 'note'] as const).map((mode) => ({ conversation, agent, mode, data: null, at: core.clock.now() })),
  )
