import { decodeEntry } from '../codec/entry.ts'
import { type Actor, system } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import { decide } from '../domain/conversation/decide.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import { fold } from '../domain/conversation/evolve.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { textOf } from '../domain/message/part.ts'
import type { Settlement, StoredDraft } from '../ports/storage.ts'
import type { Decided } from './committer.ts'
import type { Core } from './core.ts'
import type { Setup } from './directory.ts'
import { EngineError, storageFailed } from './error.ts'
import { factsFor, removedAccount } from './facts.ts'
import { record } from './record.ts'
import { type Target, blobsOf, findTarget } from './target.ts'
import { type View, noNeeds } from './view.ts'

export interface Execution {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly command: Exclude<Command, { readonly _tag: 'Receive' }>
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
  /** Work that this ends or puts off, in the same commit, by what is left of the conversation. */
  readonly settle?: (left: Conversation | undefined) => Settlement
}

export type Executed =
  | {
      readonly _tag: 'Done'
      readonly conversation: Conversation
      readonly entry: Entry | null
      readonly position: number
    }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }

/** Where the keys of repeated commands are kept: an account that no channel can have. */
const commandKeys = ''

type Answer =
  | { readonly _tag: 'Done'; readonly conversation: Conversation; readonly entry: Entry }
  | { readonly _tag: 'Repeated'; readonly conversation: Conversation; readonly seq: number }
  | { readonly _tag: 'Refused'; readonly refusal: Refusal }
  /** What the command is about was read before the conversation changed: it has to be read again. */
  | { readonly _tag: 'Stale' }

/** What was typed is never lost: a refused reply or note waits as the writer's draft. */
const keptDraft = (
  core: Core,
  { actor, command, conversation }: Execution,
  refusal: Refusal,
): ReadonlyArray<StoredDraft> => {
  if (actor.kind !== 'agent' || refusal._tag === 'NotFound' || refusal._tag === 'UnknownAgent') return []
  if (command._tag !== 'Reply' && command._tag !== 'AddNote') return []
  const text = textOf(command.parts)
  if (text.trim() === '') return []
  const mode = command._tag === 'Reply' ? 'reply' : 'note'
  return [{ conversation, agent: actor.id, mode, data: text, at: core.clock.now() }]
}

/** What was sent is no draft any more. */
const usedDraft = (core: Core, { actor, command, conversation }: Execution): ReadonlyArray<StoredDraft> =>
  actor.kind === 'agent' && (command._tag === 'Reply' || command._tag === 'AddNote')
    ? [
        {
          conversation,
          agent: actor.id,
          mode: command._tag === 'Reply' ? 'reply' : 'note',
          data: null,
          at: core.clock.now(),
        },
      ]
    : []

/** Nothing is left to be finished of what is deleted. */
const abandonedDrafts = (core: Core, setup: Setup, { conversation }: Execution): ReadonlyArray<StoredDraft> =>
  [...setup.agents.keys()].flatMap((agent) =>
    (['reply', 'note'] as const).map((mode) => ({ conversation, agent, mode, data: null, at: core.clock.now() })),
  )

/** A whole conversation is no message; only its files have to be remembered. */
const nothing: Target = {
  facts: { direction: 'note', author: system, deleted: false, files: [] },
  edits: [],
  blanks: [],
  blobs: [],
}

interface Read {
  readonly target: Target | undefined
  /** The version of the conversation that the target was read in, or later; undefined when nothing was read. */
  readonly version: number | undefined
}

const readTarget = async (core: Core, { workspace, conversation, command }: Execution): Promise<Read> => {
  const { _tag } = command
  if (_tag !== 'EditMessage' && _tag !== 'DeleteMessage' && _tag !== 'Delete') {
    return { target: undefined, version: undefined }
  }
  const loaded = await core.storage.load({ ...noNeeds, conversations: [{ workspace, id: conversation }] })
  const target =
    _tag === 'Delete'
      ? { ...nothing, blobs: await blobsOf(core, workspace, conversation) }
      : await findTarget(core, workspace, conversation, command.message)
  return { target, version: loaded.conversations[0]?.version ?? 0 }
}

const keyOf = ({ actor, idempotencyKey, conversation }: Execution): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify([actor.kind, actor.id, conversation, idempotencyKey])

/** The answer that a key was given to, also when the conversation has gone on, or out of sight, since. */
const firstAnswer = async (
  core: Core,
  { workspace, conversation }: Execution,
  { seq, conversation: now }: Extract<Answer, { readonly _tag: 'Repeated' }>,
): Promise<{ readonly conversation: Conversation; readonly entry: Entry | null }> => {
  const entries: Array<Entry> = []
  while (entries.length < seq) {
    const after = entries.length
    const page = await core.storage.timeline({ workspace, conversation, after, limit: Math.min(500, seq - after) })
    if (page.entries.length === 0) break
    entries.push(...page.entries.map(decodeEntry))
  }
  return { conversation: fold(entries) ?? now, entry: entries[seq - 1] ?? null }
}

/** A conversation that keeps changing while a command on one of its messages is prepared. */
const readAgainAtMost = 16

/**
 * Runs one command: load, may it, decide, commit; again when somebody was faster. The answer is durable when it
 * resolves. Throws only `EngineError`, when the store fails or the race is never won.
 */
export const execute = async (core: Core, execution: Execution): Promise<Executed> => {
  for (let times = 0; times < readAgainAtMost; times += 1) {
    const done = await executeOnce(core, execution)
    if (done !== undefined) return done
  }
  throw new EngineError('Contended', 'others kept changing it', { retryable: true })
}

const executeOnce = async (core: Core, execution: Execution): Promise<Executed | undefined> => {
  const { workspace, conversation: id, actor, command, expectedVersion, settle } = execution
  const [setup, { target, version }] = await Promise.all([
    core.directory.of(workspace),
    readTarget(core, execution).catch((error: unknown) => {
      throw storageFailed(error)
    }),
  ])
  const key = keyOf(execution)
  const settling = (left: Conversation | undefined) => (settle === undefined ? {} : { settle: [settle(left)] })

  const refused = (refusal: Refusal, state?: Conversation): Decided<Answer> => {
    const drafts = keptDraft(core, execution, refusal)
    return { _tag: 'Decided', value: { _tag: 'Refused', refusal }, changes: { workspace, ...settling(state), drafts } }
  }

  const run = (view: View): Decided<Answer> => {
    // Before anything is looked up: somebody unknown is told the same of what exists and of what does not.
    if (actor.kind === 'agent' && !setup.agents.has(actor.id)) return refused({ _tag: 'UnknownAgent', agent: actor.id })
    const state = view.conversation(workspace, id)
    if (state === undefined) return refused({ _tag: 'NotFound' })
    const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
    if (repeated !== undefined) {
      return {
        _tag: 'Decided',
        value: { _tag: 'Repeated', conversation: state, seq: repeated.seq },
        changes: { workspace },
      }
    }
    if (state.deleted) return refused({ _tag: 'NotFound' })
    if (version !== undefined && version !== state.seq) {
      return { _tag: 'Decided', value: { _tag: 'Stale' }, changes: { workspace } }
    }
    const account = setup.accounts.get(state.account) ?? removedAccount(state)
    const facts = factsFor(core, setup, account, actor, target === undefined ? {} : { target: target.facts })
    const decision = decide(state, command, facts)
    // Who may not see it learns nothing, not even that it has changed.
    if (decision._tag === 'Refused' && (expectedVersion === undefined || decision.refusal._tag === 'NotFound')) {
      return refused(decision.refusal, state)
    }
    if (expectedVersion !== undefined && expectedVersion !== state.seq) {
      return refused({ _tag: 'Conflict', expected: expectedVersion, actual: state.seq }, state)
    }
    if (decision._tag === 'Refused') return refused(decision.refusal, state)
    const { after, changes } = record(core, workspace, state, decision.entries, target)
    const [entry] = decision.entries
    if (entry === undefined) return refused({ _tag: 'NothingToDo' }, state)
    const drafts = command._tag === 'Delete' ? abandonedDrafts(core, setup, execution) : usedDraft(core, execution)
    return {
      _tag: 'Decided',
      value: { _tag: 'Done', conversation: after, entry },
      changes: {
        ...changes,
        ...settling(after),
        ...(drafts.length === 0 ? {} : { drafts }),
        ...(key === undefined
          ? {}
          : {
              externals: [{ account: commandKeys, externalId: key, conversation: id, seq: entry.seq, at: facts.now }],
            }),
      },
    }
  }

  const { value, position } = await core.committer.submit<Answer>({
    needs: {
      conversations: [{ workspace, id }],
      ...(key === undefined ? {} : { externals: [{ workspace, account: commandKeys, externalId: key }] }),
    },
    decide: run,
  })
  switch (value._tag) {
    case 'Done':
      return { ...value, position }
    case 'Repeated':
      return { _tag: 'Done', ...(await firstAnswer(core, execution, value)), position }
    case 'Refused':
      return value
    case 'Stale':
      return undefined
  }
}
