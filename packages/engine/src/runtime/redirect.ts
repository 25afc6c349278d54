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

/**
 * Finds conversations in the views of one task, after their redirects. What was asked for and is not there is not asked
 * for again, so that a task always comes to an end.
 */
export const redirects = (): ((view: View, workspace: string, id: string) => Followed) => {
  const asked = new Set<string>()
  return (view, workspace, id) => {
    const seen = new Set<string>()
    let at = id
    for (;;) {
      const conversation = view.conversation(workspace, at)
      const into = conversation?.mergedInto ?? null
      if (conversation === undefined && at !== id && !asked.has(at)) {
        asked.add(at)
        return { _tag: 'Needs', needs: { conversations: [{ workspace, id: at }] } }
      }
      seen.add(at)
      if (into === null || seen.has(into)) return { _tag: 'Found', conversation }
      at = into
    }
  }
}

/** The conversation that an id leads to now; undefined when there is none. */
export const currentConversation = async (
  core: Core,
  workspace: string,
  id: string,
): Promise<Conversation | undefined> => {
  const seen = new Set<string>()
  // Hosts pass on what stood in a request, and a store is only asked for what can be there.
  if (typeof id !== 'string') return undefined
  for (let at: string | null = id; at !== null && !seen.has(at); ) {
    seen.add(at)
    const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: at }] })
    const row = loaded.conversations[0]
    if (row === undefined) return undefined
    const state = decodeConversation(row)
    if (state.mergedInto === null) return state
    at = state.mergedInto
  }
  return undefined
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
  let at = id
  let number = seq
  while (at !== into && number !== 0) {
    const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: at }] })
    const row = loaded.conversations[0]
    const next = row === undefined ? null : decodeConversation(row).mergedInto
    if (next === null) return 0
    number = await seqIn(core, workspace, at, next, number)
    at = next
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
