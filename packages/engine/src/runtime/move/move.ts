import type { Actor } from '../../domain/actor.ts'
import type { Entry } from '../../domain/conversation/entry.ts'
import { type MoveDecision, type Split, decideMerge, decideSplit } from '../../domain/conversation/move.ts'
import type { Facts } from '../../domain/conversation/facts.ts'
import type { Refusal } from '../../domain/conversation/refusal.ts'
import type { Conversation } from '../../domain/conversation/state.ts'
import type { StoredDraft } from '../../ports/storage.ts'
import type { Decided } from '../committer.ts'
import type { Core } from '../core.ts'
import type { Setup } from '../directory.ts'
import { EngineError, storageFailed } from '../error.ts'
import { type Executed, commandKeys, firstAnswer } from '../execute.ts'
import { factsFor, removedAccount } from '../facts.ts'
import { type Returning, returning } from '../presence/seats.ts'
import { record } from '../record.ts'
import { currentConversation, seqNow } from '../redirect.ts'
import type { View } from '../view.ts'
import { following, needsOf, together } from './changes.ts'
import { type Journal, readJournal } from './standing.ts'
import { unsentIn } from './unsent.ts'

/** Messages go from one conversation to another: to a new one of their own, or all of them into one that is there. */
export interface Moving {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly what: ({ readonly _tag: 'Split' } & Split) | { readonly _tag: 'Merge'; readonly into: string }
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
}

type Answer =
  | { readonly _tag: 'Done'; readonly conversation: Conversation; readonly entry: Entry }
  | { readonly _tag: 'Repeated'; readonly conversation: string; readonly seq: number }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }
  | { readonly _tag: 'Stale' }

/** A conversation that keeps changing while its messages are read. */
const readAgainAtMost = 16

interface Prepared {
  readonly setup: Setup
  readonly source: Conversation
  readonly into: Conversation | undefined
  readonly journal: Journal
  readonly what: Moving['what']
  readonly key: string | undefined
  /** What is not sent any more. */
  readonly drafts: ReadonlyArray<StoredDraft>
  /** Whether the owner of what is merged into is there to have it again. */
  readonly back: Returning
}

const refused = (workspace: string, refusal: Refusal): Decided<Answer> => ({
  _tag: 'Decided',
  value: { _tag: 'Refused', refusal },
  changes: { workspace },
})

const keyOf = ({ actor, idempotencyKey, conversation }: Moving): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify([actor.kind, actor.id, conversation, idempotencyKey])

const factsOf = (core: Core, { setup, source, what }: Prepared, actor: Actor, seats: Facts['seats']) => {
  const account = setup.accounts.get(source.account) ?? removedAccount(source)
  const { contact, address, id } = source
  const start = { conversation: core.ids.next(), contact, address, follows: id }
  return factsFor(core, setup, account, actor, {
    ...(what._tag === 'Split' ? { start } : {}),
    ...(seats === undefined ? {} : { seats }),
  })
}

const decided = (
  core: Core,
  prepared: Prepared,
  actor: Actor,
  into: Conversation | undefined,
  seats: Facts['seats'],
): MoveDecision => {
  const { source, journal, what } = prepared
  const facts = factsOf(core, prepared, actor, seats)
  if (what._tag === 'Split') return decideSplit(source, what, journal.messages, facts)
  if (into === undefined) return { _tag: 'Refused', refusal: { _tag: 'NotFound' } }
  const threading = core.channels.get(source.channel)?.capabilities.threading ?? null
  return decideMerge(source, into, journal.messages, threading, facts)
}

const run = (core: Core, moving: Moving, prepared: Prepared, view: View): Decided<Answer> => {
  const { workspace, actor, expectedVersion } = moving
  const { source, into, journal, what, key, drafts, back } = prepared
  const nothing = { workspace }
  const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
  if (repeated !== undefined) {
    const value = { _tag: 'Repeated', conversation: repeated.conversation, seq: repeated.seq } as const
    return { _tag: 'Decided', value, changes: nothing }
  }
  const now = view.conversation(workspace, source.id)
  const target = into === undefined ? undefined : view.conversation(workspace, into.id)
  // What was read is not what is there any more: a new message, or a merge that was faster.
  const stale = now?.seq !== source.seq || (target?.mergedInto ?? null) !== null
  if (stale) return { _tag: 'Decided', value: { _tag: 'Stale' }, changes: nothing }
  const seen = back.see(view, target?.status === 'open' ? undefined : target)
  if ('needs' in seen) return { _tag: 'Needs', needs: seen.needs }
  const decision = decided(core, prepared, actor, target, seen.seats)
  if (decision._tag === 'Refused' && (expectedVersion === undefined || decision.refusal._tag === 'NotFound')) {
    return refused(workspace, decision.refusal)
  }
  if (expectedVersion !== undefined && expectedVersion !== source.seq) {
    return refused(workspace, { _tag: 'Conflict', expected: expectedVersion, actual: source.seq })
  }
  if (decision._tag === 'Refused') return refused(workspace, decision.refusal)
  const left = record(core, workspace, source, decision.source)
  const arrived = record(core, workspace, target, decision.target)
  const merges = what._tag === 'Merge'
  const entry = merges ? decision.target.at(-1) : decision.target[0]
  if (entry === undefined) return refused(workspace, { _tag: 'NothingToDo' })
  const takesOver = merges || what.close
  const move = { core, workspace, view, source: source.id, target: arrived.after.id, journal, merges }
  const more = following(move, decision.moved, source, takesOver)
  const changes = together(together(left.changes, arrived.changes), more)
  const at = core.clock.now()
  const externals =
    key === undefined
      ? []
      : [{ account: commandKeys, externalId: key, conversation: arrived.after.id, seq: entry.seq, at }]
  return {
    _tag: 'Decided',
    value: { _tag: 'Done', conversation: arrived.after, entry },
    changes: {
      ...changes,
      ...(merges && target !== undefined ? back.limits(view, target, entry) : {}),
      ...(externals.length === 0 ? {} : { externals }),
      ...(drafts.length === 0 ? {} : { drafts }),
    },
  }
}

/** What was merged is where it went, and messages have other numbers there. */
const redirectedMove = async (
  core: Core,
  { workspace, conversation, what }: Moving,
  source: Conversation,
): Promise<Moving['what']> => {
  if (what._tag === 'Merge' || source.id === conversation) return what
  return { ...what, message: await seqNow(core, workspace, conversation, source.id, what.message) }
}

const once = async (core: Core, moving: Moving): Promise<Executed | undefined> => {
  const { workspace, actor, conversation } = moving
  const setup = await core.directory.of(workspace)
  if (actor.kind === 'agent' && !setup.agents.has(actor.id)) {
    return { _tag: 'Refused', refusal: { _tag: 'UnknownAgent', agent: actor.id } }
  }
  const key = keyOf(moving)
  const [source, into] = await Promise.all([
    currentConversation(core, workspace, conversation),
    moving.what._tag === 'Merge' ? currentConversation(core, workspace, moving.what.into) : undefined,
  ])
  if (source === undefined) return { _tag: 'Refused', refusal: { _tag: 'NotFound' } }
  const [journal, what] = await Promise.all([
    readJournal(core, workspace, source.id),
    redirectedMove(core, moving, source),
  ])
  const expects = moving.expectedVersion !== undefined && source.id !== conversation ? { expectedVersion: 0 } : {}
  const drafts = into === undefined ? [] : await unsentIn(core, workspace, setup, source, into.id, journal)
  const back = returning(core, setup, workspace)
  const prepared: Prepared = { setup, source, into, journal, what, key, drafts, back }
  const needs = needsOf(workspace, source, journal)
  const { value, position } = await core.committer.submit<Answer>({
    workspace,
    needs: {
      ...needs,
      conversations: [source, ...(into === undefined ? [] : [into])].map(({ id }) => ({ workspace, id })),
      externals: [
        ...(needs.externals ?? []),
        ...(key === undefined ? [] : [{ workspace, account: commandKeys, externalId: key }]),
      ],
    },
    decide: (view) => run(core, { ...moving, ...expects }, prepared, view),
  })
  if (value._tag === 'Stale') return undefined
  if (value._tag !== 'Repeated') return value._tag === 'Done' ? { ...value, position } : value
  const { conversation: id, seq } = value
  const state = (await currentConversation(core, workspace, id)) ?? source
  const first = await firstAnswer(core, { workspace, conversation: id }, { seq, conversation: state })
  return { _tag: 'Done', ...first, position }
}

/**
 * Moves messages in one commit: both journals, both rows, and everything that hangs on the messages. Answers with the
 * conversation they are in now. Throws only `EngineError`, when the store fails or the race is never won.
 */
export const move = async (core: Core, moving: Moving): Promise<Executed> => {
  const { conversation, what } = moving
  // Hosts pass on what stood in a request, and a store is only asked for what can be there.
  if (typeof conversation !== 'string' || (what._tag === 'Merge' && typeof what.into !== 'string')) {
    return { _tag: 'Refused', refusal: { _tag: 'NotFound' } }
  }
  for (let times = 0; times < readAgainAtMost; times += 1) {
    const done = await once(core, moving).catch((error: unknown) => {
      throw storageFailed(error)
    })
    if (done !== undefined) return done
  }
  throw new EngineError('Contended', 'others kept changing it', { retryable: true })
}
