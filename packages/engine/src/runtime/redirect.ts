import { decodeConversation } from '../codec/conversation.ts'
import { decodeEntry } from '../codec/entry.ts'
import type { Command } from '../domain/conversation/command.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import type { Core } from './core.ts'
import type { Execution } from './execution.ts'
import { messageOf } from './target.ts'
import { type Needs, type View, noNeeds } from './view.ts'

/** What is asked of a conversation that was merged is asked of the one it went into, however often that was merged. */

export type Followed =
  | { readonly _tag: 'Found'; readonly conversation: Conversation | undefined }
  | { readonly _tag: 'Needs'; readonly needs: Needs }

/** What an id led through so far, itself first; and the next one when that is still to be looked up. */
interface Trail {
  readonly passed: ReadonlyArray<Conversation>
  readonly missing: string | null
}

/** The one walk along merges, over what is known of them. What leads back to where it has been ends there. */
const trailOf = (id: string, known: (id: string) => Conversation | undefined): Trail => {
  const passed: Array<Conversation> = []
  for (let at: string | null = id; at !== null && !passed.some((one) => one.id === at); ) {
    const conversation = known(at)
    if (conversation === undefined) return { passed, missing: at }
    passed.push(conversation)
    at = conversation.mergedInto
  }
  return { passed, missing: null }
}

/**
 * Finds conversations in the views of one task, after their redirects. What was asked for and is not there is not asked
 * for again, so that a task always comes to an end.
 */
export const redirects = (): ((view: View, workspace: string, id: string) => Followed) => {
  const asked: Array<string> = []
  return (view, workspace, id) => {
    const { passed, missing } = trailOf(id, (at) => view.conversation(workspace, at))
    if (missing === null) return { _tag: 'Found', conversation: passed.at(-1) }
    if (missing === id || asked.includes(missing)) return { _tag: 'Found', conversation: undefined }
    asked.push(missing)
    return { _tag: 'Needs', needs: { conversations: [{ workspace, id: missing }] } }
  }
}

/** Everything that an id led through, itself first, as the store has it; empty when it leads nowhere. */
const trailInStore = async (core: Core, workspace: string, id: string): Promise<ReadonlyArray<Conversation>> => {
  const known = new Map<string, Conversation>()
  // Hosts pass on what stood in a request, and a store is only asked for what can be there.
  if (typeof id !== 'string') return []
  for (;;) {
    const { passed, missing } = trailOf(id, (at) => known.get(at))
    if (missing === null) return passed
    const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: missing }] })
    const row = loaded.conversations[0]
    if (row === undefined) return []
    known.set(missing, decodeConversation(row))
  }
}

/** The conversation that an id leads to now; undefined when there is none. */
export const currentConversation = async (
  core: Core,
  workspace: string,
  id: string,
): Promise<Conversation | undefined> => {
  const last = (await trailInStore(core, workspace, id)).at(-1)
  return last?.mergedInto === null ? last : undefined
}

/** The number of a message after a merge; 0, which no message has, when it is not there. */
const seqIn = async (core: Core, workspace: string, from: string, into: string, seq: number): Promise<number> => {
  const page = await core.storage.timeline({ workspace, conversation: from, after: seq - 1, limit: 1 })
  const stored = page.entries[0]
  const movedTo = stored?.seq === seq ? messageOf(decodeEntry(stored))?.movedTo : undefined
  return movedTo?.conversation === into ? movedTo.seq : 0
}

/** The same over any number of merges. */
export const seqNow = async (core: Core, workspace: string, id: string, into: string, seq: number): Promise<number> => {
  if (id === into) return seq
  const trail = await trailInStore(core, workspace, id)
  const end = trail.findIndex((one) => one.id === into)
  let number = end < 0 ? 0 : seq
  for (const [index, { id: next }] of trail.slice(1, end + 1).entries()) {
    if (number === 0) break
    number = await seqIn(core, workspace, trail[index]?.id ?? id, next, number)
  }
  return number
}

/**
 * Whether a command goes along: what people ask for does. The engine's own was about what the conversation was, and a
 * bot has answered something else.
 */
export const goesAlong = ({ actor, command }: Execution): boolean =>
  actor.kind === 'agent' || actor.kind === 'contact' || command._tag === 'RecordTranslation'

/**
 * A command on a conversation as one on what that was merged into: messages have other numbers there, what was scheduled
 * is cancelled, and nobody who expects something of the old one has seen the new one.
 */
export const redirected = async (core: Core, execution: Execution, into: string): Promise<Execution> => {
  const { workspace, conversation, command, expectedVersion } = execution
  const seq = (at: number): Promise<number> => seqIn(core, workspace, conversation, into, at)
  const asked = command as Command & Partial<Record<'message' | 'quote' | 'schedule' | 'expectedLastMessage', number>>
  const changed: Record<string, number> = {}
  if (typeof asked.message === 'number') changed['message'] = await seq(asked.message)
  if (typeof asked.quote === 'number') changed['quote'] = await seq(asked.quote)
  if (asked.schedule !== undefined) changed['schedule'] = 0
  if (asked.expectedLastMessage !== undefined) changed['expectedLastMessage'] = 0
  return {
    ...execution,
    conversation: into,
    command: { ...command, ...changed } as Execution['command'],
    ...(expectedVersion === undefined ? {} : { expectedVersion: 0 }),
  }
}
