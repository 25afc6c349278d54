import { decodeEntry } from '../codec/entry.ts'
import { type Actor, system } from '../domain/actor.ts'
import type { Command } from '../domain/conversation/command.ts'
import { decide } from '../domain/conversation/decide.ts'
import type { Entry } from '../domain/conversation/entry.ts'
import type { Refusal } from '../domain/conversation/refusal.ts'
import type { Conversation } from '../domain/conversation/state.ts'
import { textOf } from '../domain/message/part.ts'
import type { Settlement, StoredDraft } from '../ports/storage.ts'
import type { Decided } from './committer.ts'
import type { Core } from './core.ts'
import { storageFailed } from './error.ts'
import { factsFor, removedAccount } from './facts.ts'
import { record } from './record.ts'
import { type Target, blobsOf, findTarget } from './target.ts'
import type { View } from './view.ts'

export interface Execution {
  readonly workspace: string
  readonly conversation: string
  readonly actor: Actor
  readonly command: Exclude<Command, { readonly _tag: 'Receive' }>
  readonly expectedVersion?: number
  readonly idempotencyKey?: string
  /** Work that this ends, in the same commit. */
  readonly settle?: Settlement
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

/** What was typed is never lost: a refused reply or note waits as the writer's draft. */
const keptDraft = (
  core: Core,
  { actor, command, conversation }: Execution,
  refusal: Refusal,
): ReadonlyArray<StoredDraft> => {
  if (actor.kind !== 'agent' || refusal._tag === 'NotFound') return []
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

/** A whole conversation is no message; only its files have to be remembered. */
const nothing: Target = {
  facts: { direction: 'note', author: system, deleted: false, files: [] },
  edits: [],
  blanks: [],
  blobs: [],
}

const targetOf = async (core: Core, { workspace, conversation, command }: Execution): Promise<Target | undefined> => {
  switch (command._tag) {
    case 'EditMessage':
    case 'DeleteMessage':
      return findTarget(core, workspace, conversation, command.message)
    case 'Delete': {
      const blobs = await blobsOf(core, workspace, conversation)
      return { ...nothing, blobs }
    }
    default:
      return undefined
  }
}

const keyOf = (core: Core, { actor, idempotencyKey, conversation }: Execution): string | undefined =>
  idempotencyKey === undefined ? undefined : JSON.stringify([actor.kind, actor.id, conversation, idempotencyKey])

/**
 * Runs one command: load, may it, decide, commit; again when somebody was faster. The answer is durable when it
 * resolves. Throws only `EngineError`, when the store fails or the race is never won.
 */
export const execute = async (core: Core, execution: Execution): Promise<Executed> => {
  const { workspace, conversation: id, actor, command, expectedVersion, settle } = execution
  const [setup, target] = await Promise.all([
    core.directory.of(workspace),
    targetOf(core, execution).catch((error: unknown) => {
      throw storageFailed(error)
    }),
  ])
  const key = keyOf(core, execution)
  const settling = settle === undefined ? {} : { settle: [settle] }

  const refused = (refusal: Refusal): Decided<Answer> => {
    const drafts = keptDraft(core, execution, refusal)
    return { _tag: 'Decided', value: { _tag: 'Refused', refusal }, changes: { workspace, ...settling, drafts } }
  }

  const run = (view: View): Decided<Answer> => {
    const state = view.conversation(workspace, id)
    if (state === undefined || state.deleted) return refused({ _tag: 'NotFound' })
    const repeated = key === undefined ? undefined : view.external(workspace, commandKeys, key)
    if (repeated !== undefined) {
      return {
        _tag: 'Decided',
        value: { _tag: 'Repeated', conversation: state, seq: repeated.seq },
        changes: { workspace },
      }
    }
    const account = setup.accounts.get(state.account) ?? removedAccount(state)
    const facts = factsFor(core, setup, account, actor, target === undefined ? {} : { target: target.facts })
    const decision = decide(state, command, facts)
    // Who may not see it learns nothing, not even that it has changed.
    if (decision._tag === 'Refused' && (expectedVersion === undefined || decision.refusal._tag === 'NotFound')) {
      return refused(decision.refusal)
    }
    if (expectedVersion !== undefined && expectedVersion !== state.seq) {
      return refused({ _tag: 'Conflict', expected: expectedVersion, actual: state.seq })
    }
    if (decision._tag === 'Refused') return refused(decision.refusal)
    const { after, changes } = record(core, workspace, state, decision.entries, target)
    const [entry] = decision.entries
    if (entry === undefined) return refused({ _tag: 'NothingToDo' })
    const drafts = usedDraft(core, execution)
    return {
      _tag: 'Decided',
      value: { _tag: 'Done', conversation: after, entry },
      changes: {
        ...changes,
        ...settling,
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
  if (value._tag !== 'Repeated') return value._tag === 'Done' ? { ...value, position } : value
  const page = await core.storage.timeline({ workspace, conversation: id, after: value.seq - 1, limit: 1 })
  const first = page.entries[0]
  return {
    _tag: 'Done',
    conversation: value.conversation,
    entry: first === undefined ? null : decodeEntry(first),
    position,
  }
}
